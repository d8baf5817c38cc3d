//! The public items of the library, as its documentation lists them, against the list that is committed: a change
//! of what users of the crate see is then seen in review.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The committed list, and the page of `cargo doc` that names every item.
const LIST: &str = "docs/public-items.txt";
const PAGE: &str = "target/doc/griot/all.html";

/// Set to write the list anew.
const WRITE: &str = "GRIOT_WRITE_PUBLIC_ITEMS";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The items that a page lists, as `struct article::Article`: the links of its lists name kind and path.
fn items(page: &str) -> BTreeSet<String> {
    let links = page.split("<li><a href=\"").skip(1);
    let link = |rest: &str| {
        let path = rest.split('"').next()?.strip_suffix(".html")?;
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let (kind, name) = file.split_once('.')?;
        let module = if folder.is_empty() {
            String::new()
        } else {
            folder.replace('/', "::") + "::"
        };
        Some(format!("{kind} {module}{name}"))
    };
    links.filter_map(link).collect()
}

#[test]
#[ignore = "needs `cargo doc --no-deps -p griot --lib`; .ci/run does both"]
fn the_public_items_are_those_of_the_list() {
    let page = root().join(PAGE);
    let page = std::fs::read_to_string(&page).unwrap_or_else(|e| {
        panic!(
            "{}: {e}; run `cargo doc --no-deps -p griot --lib`",
            page.display()
        )
    });
    let found = items(&page);
    assert!(found.len() > 50, "{PAGE} lists {} items only", found.len());
    if std::env::var_os(WRITE).is_some() {
        let lines: String = found.iter().map(|item| format!("{item}\n")).collect();
        std::fs::write(root().join(LIST), lines).expect("written");
        return;
    }
    let listed = std::fs::read_to_string(root().join(LIST)).expect(LIST);
    let listed: BTreeSet<String> = listed.lines().map(String::from).collect();
    let (new, gone): (Vec<_>, Vec<_>) = (
        found.difference(&listed).collect(),
        listed.difference(&found).collect(),
    );
    assert!(
        new.is_empty() && gone.is_empty(),
        "public items have changed; new: {new:#?}, gone: {gone:#?}. If that is meant, set {WRITE}=1 and run this test"
    );
}

#[test]
fn items_are_read_from_the_links_of_a_page() {
    let page = "<ul><li><a href=\"article/struct.Article.html\">article::Article</a></li>\
                <li><a href=\"#structs\">Structs</a></li><li><a href=\"fn.sync.html\">sync</a></li></ul>";
    assert_eq!(
        items(page),
        ["fn sync", "struct article::Article"].map(String::from).into()
    );
}
