//! Every delay and limit of the printer, in one place, with its reason. Owns nothing else.

use std::time::Duration;

/// How long one look at the printer may take. Two looks half a second apart still tell of a trouble
/// within 2 s.
pub const LOOK: Duration = Duration::from_millis(400);

/// How long one question waits for its answer. Real-time commands are answered by the printer's
/// interrupt routine, in a few milliseconds; this is more than ten times that.
pub const ANSWER: Duration = Duration::from_millis(150);

/// How long all questions before a badge may take together.
pub const PREFLIGHT: Duration = Duration::from_millis(1000);

/// How often a printer is asked before it is taken for one that never answers. Looks are half a second
/// apart, so this is time enough for a printer that was just switched on.
pub const TRIES_TO_HEAR: u8 = 6;

/// How long a printer that did not answer is left alone before it is asked once more: an unanswered question costs a look
/// a third of its time.
pub const ASK_AGAIN: Duration = Duration::from_secs(60);

/// How often the kind of confirmation is looked for before there is none.
pub const TRIES_TO_LEARN: u8 = 3;

/// Answers that were owed come back to back; when it is quiet for so long, the last was heard.
pub const QUIET: Duration = Duration::from_millis(150);

/// The most bytes in one transfer: what the smallest receive buffers hold, and 7 mm of paper at 576
/// dots.
pub const CHUNK_BYTES: usize = 4096;

/// How long one transfer may take before the answers are looked at.
pub const TRANSFER: Duration = Duration::from_millis(250);

/// How long a printer may take no byte in the middle of a badge. 4 KiB are 7 mm of paper, 0.15 s at
/// 50 mm/s, and the slowest cutters need less than a second.
pub const NO_PROGRESS: Duration = Duration::from_millis(1500);

/// How long handing over one badge may take, whatever progress there is.
pub const LONGEST_SENDING: Duration = Duration::from_secs(20);

/// The slowest paper: cheap 58 mm printers with dark pictures.
pub const SLOWEST_DOTS_A_SECOND: u32 = 400; // 50 mm/s at 203 dpi (8 dots a mm)

/// What cutting and answering may take beyond the paper's motion.
pub const CUT_AND_ANSWER: Duration = Duration::from_millis(1500);

/// How long the confirmation is waited for while the printer answers that nothing is wrong.
pub const LONGEST_CONFIRMING: Duration = Duration::from_secs(10);

/// How often the printer is asked how it is while its confirmation is waited for.
pub const ASK_EVERY: Duration = Duration::from_millis(300);

/// How long after its first missing answer a printer is told to be silent. The first is missed up to 0.5 s
/// after it fell silent, and it is asked twice a second: with this it is told within 2 s.
pub const SILENT: Duration = Duration::from_millis(800);

/// A trouble right after the cut may overtake the confirmation of it; it is waited for so long.
pub const LAST_WORD: Duration = Duration::from_millis(200);

/// The kernel notices a pulled plug a little later than the transfer that it broke.
pub const PLUG_IS_OUT: Duration = Duration::from_millis(300);

/// How long one reading of the printer's answers waits. It bounds how long closing takes, and four
/// wake-ups a second cost nothing.
pub const READ: Duration = Duration::from_millis(250);

/// The pause after a reading that failed, so that a failing printer does not keep a core busy.
pub const READ_AGAIN: Duration = Duration::from_millis(50);

/// How long after a printer was plugged in it may be forbidden to the kiosk before that is told: udev gives its node
/// away after the kernel has made it, on a machine that is starting or busy some seconds later.
pub const GIVEN_AWAY: Duration = Duration::from_secs(5);
