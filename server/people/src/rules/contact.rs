//! Names, user names and addresses as they are typed in.

/// The user name as it is stored and compared: without blanks around it, lower case.
#[must_use]
pub(crate) fn username(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// May an account have this user name? 3–32 of lower-case letters, digits, `.`, `_`, `-`, beginning with a letter.
#[must_use]
pub(crate) fn is_username(name: &str) -> bool {
    (3..=32).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_".contains(&b))
}

/// A name or title as it is kept: blanks trimmed; `None` if it is empty, longer than `most` characters or holds control
/// characters.
#[must_use]
pub(crate) fn line(typed: &str, most: usize) -> Option<String> {
    let line = typed.trim();
    let fits = (1..=most).contains(&line.chars().count()) && !line.chars().any(char::is_control);
    fits.then(|| line.to_owned())
}

/// An electronic mail address as it is kept, domain in lower case; `None` if it is none.
#[must_use]
pub(crate) fn email(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let (user, domain) = typed.rsplit_once('@')?;
    let user_fits = (1..=64).contains(&user.len())
        && !user.starts_with('.')
        && !user.ends_with('.')
        && !user.contains("..")
        && user.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b));
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let domain_fits = domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label);
    (user_fits && domain_fits).then(|| format!("{user}@{}", domain.to_ascii_lowercase()))
}

/// An origin as browsers send it (`https://app.example.cn`, a port allowed, nothing after it); `None` if it is none.
/// Without TLS only this machine.
#[must_use]
pub(crate) fn origin(typed: &str) -> Option<String> {
    let typed = typed.trim().trim_end_matches('/').to_ascii_lowercase();
    let (scheme, rest) = typed.split_once("://")?;
    let (host, port) = rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port)));
    let host_fits = !host.is_empty()
        && host.len() <= 253
        && host.split('.').all(|l| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|n| n > 0 && n.to_string() == port));
    let local = matches!(host, "localhost" | "127.0.0.1");
    // A browser leaves the usual port out; kept with it, the origin would never match.
    let usual = matches!((scheme, port), ("https", Some("443")) | ("http", Some("80")));
    let fits = host_fits && port_fits && (scheme == "https" || (scheme == "http" && local));
    fits.then(|| if usual { format!("{scheme}://{host}") } else { typed.clone() })
}

/// A working name as its blind index has it: whoever looks for it need not know how it was spaced.
#[must_use]
pub(crate) fn name_sought(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_name_is_short_plain_and_lower_case() {
        assert_eq!(username("  Li.Wei "), "li.wei");
        for good in ["li.wei", "a-1", "bureau_officer"] {
            assert!(is_username(good), "{good}");
        }
        for bad in ["", "li", "1li", "Li.wei", "li wei", "李伟同志", &"a".repeat(33)] {
            assert!(!is_username(bad), "{bad}");
        }
    }

    #[test]
    fn an_address_is_kept_with_its_domain_in_lower_case() {
        assert_eq!(email(" Li.Wei@Example.COM "), Some("Li.Wei@example.com".to_owned()));
        assert_eq!(email("sxjyjzjc@163.com"), Some("sxjyjzjc@163.com".to_owned()));
        for bad in ["", "li", "li@", "@x.cn", "li@x", "li@-x.cn", "li wei@x.cn", "a..b@x.cn", "li@x.cn\nBcc: y@z.cn"] {
            assert_eq!(email(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_origin_is_a_scheme_and_a_host_and_nothing_more() {
        assert_eq!(origin("https://App.example.cn/"), Some("https://app.example.cn".to_owned()));
        assert_eq!(origin("https://app.example.cn:443"), Some("https://app.example.cn".to_owned()));
        assert_eq!(origin("http://localhost:5173"), Some("http://localhost:5173".to_owned()));
        for bad in ["", "*", "app.example.cn", "http://app.example.cn", "https://a/b", "https://u@a.cn", "https://a:0"]
        {
            assert_eq!(origin(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_name_has_no_control_characters() {
        assert_eq!(line(" 李伟 ", 50), Some("李伟".to_owned()));
        assert_eq!(line("李\n伟", 50), None);
        assert_eq!(line("   ", 50), None);
        assert_eq!(line("长长", 1), None);
    }
}
