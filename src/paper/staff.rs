//! What is wrong, said to staff, and what to do about it. Visitors are told in the pages' own words.

use crate::errand::{PrinterState, Trouble};
use crate::words::Lang;

/// What happened: a sentence for reception and facilities.
pub fn staff_sentence(trouble: Trouble, lang: Lang) -> String {
    let (zh, en) = said(trouble).0;
    let sentence = if lang == Lang::ZH { zh } else { en };
    if let Trouble::MissingGlyph(c) = trouble {
        return sentence.replace("{c}", &format!("{c} (U+{:04X})", u32::from(c)));
    }
    sentence.to_owned()
}

/// What to do about it.
pub fn what_to_do(trouble: Trouble, lang: Lang) -> &'static str {
    let (zh, en) = said(trouble).1;
    if lang == Lang::ZH { zh } else { en }
}

/// How the printer is, and what to do about it: one line.
pub fn printer_line(state: PrinterState, lang: Lang) -> String {
    let (zh, en) = match state {
        PrinterState::NotSeen => ("还没有查看打印机。", "The printer was not looked at yet."),
        PrinterState::Ready { paper_low: false } => ("打印机已就绪。", "The printer is ready."),
        PrinterState::Ready { paper_low: true } => (
            "打印机的纸快用完了。请准备好新的纸卷。",
            "The printer's paper is near its end. Have a new roll ready.",
        ),
        PrinterState::Trouble(trouble) => {
            let between = if lang == Lang::ZH { "" } else { " " };
            return format!("{}{between}{}", staff_sentence(trouble, lang), what_to_do(trouble, lang));
        }
    };
    (if lang == Lang::ZH { zh } else { en }).to_owned()
}

type Both = (&'static str, &'static str);

fn said(trouble: Trouble) -> (Both, Both) {
    match trouble {
        Trouble::PaperOut => {
            (("打印机缺纸。", "The printer is out of paper."), ("请换上新的纸卷。", "Put in a new roll."))
        }
        Trouble::CoverOpen => (
            ("打印机的盖子开着。", "The printer's cover is open."),
            ("请合上盖子，直到听到咔嗒声。", "Close the cover until it clicks."),
        ),
        Trouble::Offline => (
            ("打印机处于脱机状态。", "The printer is offline."),
            ("请按打印机上的联机键或进纸键。", "Press its online or feed button."),
        ),
        Trouble::Unplugged => (
            ("没有找到打印机。", "No printer was found."),
            ("请检查电源和 USB 线。", "Check its power and its USB cable."),
        ),
        Trouble::PrinterError => (
            ("打印机报告故障。", "The printer reports an error."),
            (
                "请打开盖子检查切刀和卡纸，然后关机再开机。",
                "Open the cover, look for jammed paper at the cutter, then switch it off and on.",
            ),
        ),
        Trouble::Mute => (
            ("打印机没有回应。", "The printer does not answer."),
            ("请关机再开机。", "Switch it off and on."),
        ),
        Trouble::NoAccess => (
            ("本机无权使用打印机。", "The kiosk may not use the printer."),
            (
                "请安装 udev 规则，然后重新插上打印机。",
                "Install the udev rule, then plug the printer in anew.",
            ),
        ),
        Trouble::Busy => (
            ("打印机被其他程序占用。", "Another program holds the printer."),
            ("请停止其他打印程序，例如 CUPS。", "Stop other printing programs, such as CUPS."),
        ),
        Trouble::MissingGlyph(_) => (
            (
                "字体中没有字符 {c}，访客证无法排版。",
                "The font lacks the character {c}, so the badge cannot be laid out.",
            ),
            ("请手写一张访客证。", "Write a badge by hand."),
        ),
        Trouble::BadTemplate => (
            ("访客证模板无法使用。", "The badge template cannot be used."),
            ("运行 frontdesk check 查看原因。", "Run `frontdesk check` to see why."),
        ),
        Trouble::MailUnreachable => (
            ("无法连接邮件服务器。", "The mail server cannot be reached."),
            ("请检查网络和 [mail] host、port。", "Check the network, and [mail] host and port."),
        ),
        Trouble::MailLater => (
            ("邮件服务器要求稍后再试。", "The mail server says: try again later."),
            ("会自动重试。", "It is tried again by itself."),
        ),
        Trouble::MailRefused => (
            ("邮件服务器拒收这封邮件。", "The mail server refuses this mail."),
            ("请检查收件人和发件人地址。", "Check the addresses of recipient and sender."),
        ),
        Trouble::MailLogin => (
            ("邮件服务器不接受用户名或密码。", "The mail server does not accept the login."),
            ("请检查 [mail] user 和 password_file。", "Check [mail] user and password_file."),
        ),
        Trouble::MailTls => (
            (
                "与邮件服务器的连接无法加密，或证书不受信任。",
                "The connection to the mail server cannot be protected, or its certificate is not trusted.",
            ),
            ("请检查 [mail] security、port 和 ca_file。", "Check [mail] security, port and ca_file."),
        ),
        Trouble::BadLetter => (
            ("邮件地址写得不对。", "An address of the mail is not one."),
            ("请更正接待人名单中的邮箱。", "Correct the address in the list of hosts."),
        ),
        Trouble::FolderUnwritable => (
            ("存放文件的文件夹无法写入。", "The folder for the files cannot be written."),
            (
                "请检查文件夹是否存在、权限是否正确。",
                "Check that the folder exists and that its permissions are right.",
            ),
        ),
        Trouble::DiskFull => (
            ("存放文件的磁盘已满。", "The disk for the file is full."),
            ("请在该磁盘上腾出空间，然后重试。", "Free some space on that disk, then try again."),
        ),
        Trouble::Interrupted => (
            ("程序在中途停止，结果没有看到。", "The program stopped in the middle, and nobody saw the end."),
            ("请看一下访客证是否已打印出来。", "Look whether the badge came out."),
        ),
        Trouble::CopyFailed => (
            ("备份没有完成，或备份不完整。", "The copy was not made, or it is not whole."),
            ("请检查备份文件夹的空间和权限。", "Check the space and the rights of the folder for backups."),
        ),
        Trouble::ExportFailed => (
            (
                "文件没有写成：数据读不出来，或一个文件装不下。",
                "The file was not written: the book could not be read, or it is too much for one file.",
            ),
            ("请缩小范围，或导出为 CSV。", "Ask for less at once, or for CSV."),
        ),
        Trouble::Late => {
            (("在规定时间内没有完成。", "It was not done in time."), ("请人工处理。", "Do it by hand."))
        }
    }
}
