//! Which actions there are: the one list from which their names, their table and their words on the screen are made.
//! What each of them does is in its own file below `actions`.

/// Every action: its file, its name, what it is. Cards and parts offer them in this order.
macro_rules! for_all_actions {
    ($then:ident) => {
        $then! {
            admit::Admit "Let in.",
            decline::Decline "Decline.",
            check_in::CheckIn "Register somebody who stands at the desk.",
            came_out::CameOut "The badge came out.",
            not_out::NotOut "It did not.",
            sign_out::SignOut "Sign out.",
            still_here::StillHere "Somebody who was signed out by number alone is still here.",
            has_left::HasLeft "They have left.",
            correct::Correct "Correct details and host.",
            reprint::Reprint "Print the badge again.",
            lend_pass::LendPass "Lend a pass.",
            take_pass::TakePass "Take it back.",
            extend::Extend "Let them stay longer.",
            note::Note "Note something.",
            invite::Invite "Invite somebody.",
            change_invitation::ChangeInvitation "Change an invitation.",
            cancel_invitation::CancelInvitation "Withdraw an invitation.",
            mail_again::MailAgain "Send a mail again.",
            settle::Settle "It is dealt with.",
            erase::Erase "Erase all that is known of a visitor.",
            close_case::CloseCase "Say what was done about a complaint.",
            collect::Collect "Parcels were collected.",
            watch::Watch "Put somebody on the watch list.",
            unwatch::Unwatch "Take somebody off it.",
            walk_in::WalkIn "Register somebody without an invitation.",
            sign_out_all::SignOutAll "Sign everybody out.",
            end_roll::EndRoll "The roll call is over.",
            print_roll::PrintRoll "Print the whole list of the roll once more.",
            call_roll::CallRoll "Call the roll.",
            call_drill::CallDrill "Call it as a drill.",
            safe::Safe "Somebody is safe.",
            missing::Missing "Somebody is missing.",
            unmark::Unmark "Neither is known.",
            print_again::PrintAgain "Print this page of the roll again.",
            count::Count "Count a supply.",
            tick::Tick "Tick a point of the daily checks.",
            untick::Untick "Take the tick back.",
            emergency_on::EmergencyOn "Say on every page that there is an emergency.",
            emergency_off::EmergencyOff "It is over.",
            earlier::Earlier "The month before.",
            later::Later "The month after.",
            more::More "More of what was found.",
            print_numbers::PrintNumbers "Print the numbers that are shown.",
            export::Export "Write what is shown into a file.",
        }
    };
}
pub(crate) use for_all_actions;

macro_rules! name_them {
    ($($file:ident :: $name:ident $what:literal,)+) => {
        /// What a receptionist can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Action {
            $(#[doc = $what] $name,)+
        }

        impl Action {
            /// All, in the order in which they are offered.
            pub const ALL: [Action; [$(stringify!($name)),+].len()] = [$(Action::$name),+];
        }
    };
}

for_all_actions!(name_them);
