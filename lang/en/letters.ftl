# Mails. `$reader` is who reads it: host, stand-in (in the host's place) or reception. `$greeting` is one of the two below.
greeting = Hello { $to }
greeting-nobody = Hello

# One line of what is known, and its parts.
fact = { $label }: { $value }
fact-visitor = Visitor
fact-anonymous = without a name
fact-company = Company
fact-phone = Phone
fact-party = With them
fact-party-count =
    { $count ->
        [one] 1 more person
       *[other] { $count } more people
    }
fact-others = others, who register by themselves
fact-group = With
fact-group-of = the group of { $group }
fact-escort = Escort
fact-escort-always = must not be alone at any time
fact-visit-type = Visit type
fact-purpose = Purpose
fact-host = Host
fact-time = Time
fact-badge = Badge
fact-number = Number
fact-rules = House rules
fact-rules-unsigned = not signed on the screen; please sign with them first
fact-waiting-at = Waiting at
fact-heads-to = On the way to
fact-brought-by = Brought by
fact-parcels = Parcels
fact-parcels-for = For
fact-parcels-at = Where
fact-feedback = Words
fact-department = Department
fact-answer-by = Answer by
fact-when = When
fact-where = Where
fact-check-in-at = Check in at
fact-code = Code
fact-details = Details

closing-phone = Reception: { $phone }
closing-sender = Sent by the front desk of { $company }.

# A visitor is here.
visitor-of-company = { $visitor } ({ $company })
letter-arrival =
    { $reader ->
        [host] { $greeting }, your visitor has registered at reception.
        [stand-in] { $greeting }, a visitor for { $host } has registered at reception. { $host } cannot be written to; please receive the visitor instead, or pass this on.
       *[reception] A visitor for { $host } has registered at reception.
    }
    .subject =
        { $reader ->
            [host] Your visitor is here: { $visitor }
           *[other] A visitor for { $host } is here: { $visitor }
        }
letter-back =
    { $reader ->
        [host] { $greeting }, your visitor is back, with the same badge.
        [stand-in] { $greeting }, a visitor for { $host } is back, with the same badge. { $host } cannot be written to; please receive the visitor instead, or pass this on.
       *[reception] A visitor for { $host } is back, with the same badge.
    }
    .subject =
        { $reader ->
            [host] Your visitor is back: { $visitor }
           *[other] A visitor for { $host } is back: { $visitor }
        }
# Why reception reads what is for the host.
letter-host-unreachable = The host cannot be written to; please pass this on.
letter-host-spared = Too many visits or parcels came in a short time, so the host was not e-mailed; please pass this on.
letter-watched = Please look at this visitor on reception's pages first: there is a note for you.

# A visitor waits for an answer. `$earlier` is what came of asking the one before: nobody, silent, unreachable or spared.
letter-may-come-subject = A visitor is waiting: { $visitor }
letter-may-come-host = { $greeting }, a visitor is waiting at reception.
letter-may-come-stand-in =
    { $earlier ->
        [nobody] { $greeting }, a visitor for { $host } is waiting at reception.
        [silent] { $greeting }, a visitor for { $host } is waiting at reception and nobody has answered yet.
       *[unreachable] { $greeting }, a visitor for { $host } is waiting at reception; { $host } cannot be written to.
    }
letter-may-come-reception =
    { $earlier ->
        [nobody] A visitor is waiting.
        [silent] A visitor is waiting and nobody has answered yet.
        [spared] A visitor is waiting; too many visitors came without an appointment in a short time, so the host was not e-mailed.
       *[unreachable] A visitor is waiting; the host cannot be written to.
    }
letter-may-come-commands = Please admit or decline them on reception's pages, or by command: frontdesk admit { $number }, or frontdesk decline { $number }.
# `$greeted` is yes or no.
letter-one-more =
    { $greeted ->
        [yes] { $greeting }, one
       *[no] One
    } more of the group of { $group }{ $reader ->
        [host] {""}
       *[other] {" "}for { $host }
    } has come and waits with them at reception. Your answer about the group counts for them too.
answer-by-phone-or-mail = Please tell reception whether they may come in: call { $phone }, or reply to this mail.
answer-by-phone = Please tell reception whether they may come in: call { $phone }.
answer-by-mail = Please tell reception whether they may come in: reply to this mail.
answer-in-person = Please tell reception in person whether they may come in.

# Parcels.
letter-parcels =
    { $greeting }, something was delivered for { $reader ->
        [host] you
       *[other] { $host }
    } and lies at reception.
    .subject =
        { $count ->
            [one] A parcel has come ({ $number })
           *[other] { $count } parcels have come ({ $number })
        }
letter-parcels-to-sign =
    { $greeting }, something was delivered for { $reader ->
        [host] you
       *[other] { $host }
    }: please come to reception and sign for it.
    .subject =
        { $count ->
            [one] Please sign for a parcel ({ $number })
           *[other] Please sign for { $count } parcels ({ $number })
        }
letter-parcels-again =
    { $greeting }, something that was delivered for { $reader ->
        [host] you
       *[other] { $host }
    } still lies at reception.
    .subject =
        { $count ->
            [one] A parcel is still here ({ $number })
           *[other] { $count } parcels are still here ({ $number })
        }
letter-parcels-again-to-sign =
    { $greeting }, something that was delivered for { $reader ->
        [host] you
       *[other] { $host }
    } still waits for a signature at reception.
letter-parcels-stand-in = { $host } cannot be written to; please take it instead, or pass this on.
letter-parcels-unreachable = { $host } cannot be written to; please pass this on.

# Complaints.
letter-case = { $greeting }, a complaint is for you to deal with and to answer. Afterwards please tell reception what was done, so that it is noted; or by command: frontdesk close { $number } --done "…".
    .subject = Complaint { $number }: { $host }

# Badges that did not come out. What happened and what to do follows.
letter-no-badge = This visitor is registered but has no badge.
    .subject = No badge was printed: { $visitor } ({ $number })
letter-badge-unknown = It is not known whether badge { $number } came out.
    .subject = Please check a badge: { $visitor } ({ $number })

# Invitations.
letter-invited = { $greeting }, you are invited to { $company }. When you arrive, please check in at reception: show the QR code, or enter the code.
    .subject = Your visit to { $company }
letter-cancelled = { $greeting }, this visit is cancelled; its code is no longer valid.
    .subject = Your visit to { $company } is cancelled
# When an invitation is good.
when-days = { $first } – { $last }
when-weekdays = { $period }, { $days }
when-hours = { $period } { $from }–{ $until }
when-hours-overnight = { $period } { $from }–{ $until } (next day)
when-one-night = { $first } { $from } – { $last } { $until }

# The house.
letter-roll = Roll call at { $time }. Visitors on site:
    .subject =
        Roll call: { $here } on site{ $left ->
            [0] {""}
           *[other] , { $left } signed out, not confirmed
        }
letter-drill = Roll call (drill) at { $time }. Visitors on site:
    .subject =
        Roll call (drill): { $here } on site{ $left ->
            [0] {""}
           *[other] , { $left } signed out, not confirmed
        }
letter-supply = { $greeting }, { $supply } is below its safety stock; please restock.
    .subject = Running low: { $supply }
letter-supply-left = { $stock } left; the safety stock is { $safety }.
letter-seal = Please keep this mail: with the hash below, `frontdesk journal verify` proves that the journal before it was neither changed nor cut off.
    .subject = Seal of the visitors' journal, { $day }
letter-no-backup = There is no backup of last night.
    .subject = The visitors' book was not copied
letter-damaged = The weekly check of the visitors' book found the faults below. The disk or the memory may be faulty, or another program may have written to the file. Check the disk first, then restore the last good copy (`frontdesk restore`). `frontdesk doctor` repeats the check.
    .subject = The visitors' book is damaged

# What the check of the book found. `$table` is a name in the file.
fault-file = the file is damaged: { $why }
fault-journal = journal line { $line } is damaged or was changed; from there on the journal proves nothing
fault-changed = row { $row } of { $table } is damaged or was changed
fault-gone = row { $row } of { $table } is missing
fault-told = row { $row } of visits does not match the journal ({ $columns })
