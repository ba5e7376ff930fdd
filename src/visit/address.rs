//! Mail addresses: parsed once where they come in (lists, configuration, forms), written as mail servers take them. Sends
//! nothing.

use lettre::Address;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// An address to which mail can be sent. Its domain is in ASCII, letters beyond it as `xn--…` (IDNA): every mail server
/// takes that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailAddress(String);

impl MailAddress {
    /// The address in what somebody typed; full-width letters and signs are the keyboard's.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.trim().nfkc().collect();
        let (local, domain) = text.rsplit_once('@')?;
        let domain =
            if domain.starts_with('[') { domain.to_owned() } else { idna::domain_to_ascii(domain).ok()? };
        let address: Address = format!("{local}@{domain}").parse().ok()?;
        Some(Self(address.to_string()))
    }

    /// As it is kept and compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is not sure to be reached: before the @ are letters beyond ASCII, for which there is no other way to write
    /// them (RFC 6531).
    pub fn needs_utf8(&self) -> bool {
        !self.0.is_ascii()
    }

    /// For the parts of a message.
    pub fn to_lettre(&self) -> Option<Address> {
        self.0.parse().ok()
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<MailAddress> for String {
    fn from(address: MailAddress) -> String {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_as_mail_servers_take_them() {
        for (typed, address) in [
            ("zhou@example.com", "zhou@example.com"),
            (" zhou@example.com ", "zhou@example.com"),
            ("Zhou.Min+desk@Example.COM", "Zhou.Min+desk@example.com"),
            ("zhou@例子.公司", "zhou@xn--fsqu00a.xn--55qx5d"),
            ("zhou@例子。公司", "zhou@xn--fsqu00a.xn--55qx5d"),
            ("ｚｈｏｕ＠ｅｘａｍｐｌｅ．ｃｏｍ", "zhou@example.com"),
            ("info@müller.de", "info@xn--mller-kva.de"),
            ("info@MÜLLER.de", "info@xn--mller-kva.de"),
            ("info@mu\u{308}ller.de", "info@xn--mller-kva.de"),
            ("info@straße.de", "info@xn--strae-oqa.de"),
            ("info@почта.рф", "info@xn--80a1acny.xn--p1ai"),
            ("info@xn--mller-kva.de", "info@xn--mller-kva.de"),
            ("müller@example.com", "müller@example.com"),
            ("周敏@例子.公司", "周敏@xn--fsqu00a.xn--55qx5d"),
            ("desk@localhost", "desk@localhost"),
            ("desk@[192.0.2.1]", "desk@[192.0.2.1]"),
        ] {
            assert_eq!(MailAddress::parse(typed).as_ref().map(MailAddress::as_str), Some(address), "{typed}");
        }
        for wrong in [
            "",
            "@",
            "zhou",
            "zhou@",
            "@example.com",
            "zhou@exa mple.com",
            "zhou min@example.com",
            "zhou@example..com",
            "zhou@xn--pokxncvks.example",
            "周敏 <zhou@example.com>",
            "a@example.com, b@example.com",
            "zhou@example.com\r\nBcc: all@example.com",
        ] {
            assert_eq!(MailAddress::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_the_part_before_the_at_may_not_get_there() {
        for (typed, needs) in [
            ("zhou@example.com", false),
            ("zhou@例子.公司", false),
            ("info@müller.de", false),
            ("müller@example.com", true),
            ("周敏@例子.公司", true),
        ] {
            assert_eq!(MailAddress::parse(typed).unwrap().needs_utf8(), needs, "{typed}");
        }
    }
}
