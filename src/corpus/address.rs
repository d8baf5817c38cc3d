//! Addresses of articles, where a feed gives them from its own, or by way of a service that counts clicks.

/// An address, from that of the page that it stands on if it isn't whole.
pub(super) fn absolute(address: &str, base: Option<&str>) -> String {
    let Some((scheme, rest)) = base.and_then(|base| base.split_once("://")) else {
        return address.to_string();
    };
    if address.contains("://") || address.starts_with("mailto:") {
        return address.to_string();
    }
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    match address.strip_prefix("//") {
        Some(with_host) => format!("{scheme}://{with_host}"),
        None => match address.strip_prefix('/') {
            Some(path) => format!("{scheme}://{host}/{path}"),
            None => {
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                let separator = if folder.is_empty() { "" } else { "/" };
                format!("{scheme}://{host}/{folder}{separator}{address}")
            }
        },
    }
}

/// The address that one of a service leads to: `https://www.google.com/url?…&url=https://…`, as its alerts
/// have it.
pub(super) fn behind(address: &str) -> Option<String> {
    let (service, query) = address.split_once("/url?")?;
    let (_, host) = service.split_once("://")?;
    if !host.trim_start_matches("www.").starts_with("google.") {
        return None;
    }
    let values = query.split('&').filter_map(|pair| pair.split_once('='));
    let inner = values
        .filter(|(key, _)| matches!(*key, "url" | "q"))
        .map(|(_, value)| decoded(value));
    inner.into_iter().find(|inner| inner.starts_with("http"))
}

/// A value of an address, percent signs decoded.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex
            .filter(|_| byte == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
        {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_made_whole() {
        let base = Some("https://fleuve.example/nord/flux.atom");
        for (address, expected) in [
            ("https://autre.example/a", "https://autre.example/a"),
            ("//autre.example/a", "https://autre.example/a"),
            ("/2024/crue", "https://fleuve.example/2024/crue"),
            ("crue.html", "https://fleuve.example/nord/crue.html"),
        ] {
            assert_eq!(absolute(address, base), expected);
        }
        assert_eq!(
            absolute("a", Some("https://fleuve.example")),
            "https://fleuve.example/a"
        );
        assert_eq!(absolute("/a", None), "/a");
    }

    #[test]
    fn an_alert_leads_to_an_article() {
        let alert = "https://www.google.com/url?rct=j&sa=t&url=https://fleuve.example/a%3Fb%3D%C3%A9&ct=ga";
        assert_eq!(behind(alert).as_deref(), Some("https://fleuve.example/a?b=é"));
        for address in [
            "https://fleuve.example/url?url=https://a.example",
            "https://www.google.com/url?q=%",
            "https://www.google.com/",
        ] {
            assert_eq!(behind(address), None);
        }
    }
}
