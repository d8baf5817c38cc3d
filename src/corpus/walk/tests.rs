//! What a walk finds, and what it leaves out.

use super::*;
use std::fs;

/// Keys of the files, and reasons of the rest, in order.
fn seen(root: &Path) -> Vec<String> {
    chosen(root, &Choice::default())
}

/// The same for what was chosen.
fn chosen(root: &Path, choice: &Choice) -> Vec<String> {
    walk_chosen(root, choice)
        .map(|walked| match walked {
            Walked::LedOut(path) => format!("> {}", path.file_name().unwrap_or_default().display()),
            Walked::File(found) => found.key,
            Walked::Skipped(skipped) | Walked::Unseen { fault: skipped, .. } => {
                format!("! {}", skipped.reason.name())
            }
            Walked::Ignored { path, why } => format!(
                "- {} {}",
                path.file_name().unwrap_or_default().display(),
                why.name()
            ),
        })
        .collect()
}

fn files(names: &[&str]) -> tempfile::TempDir {
    let dir = tempfile::Builder::new()
        .prefix("corpus")
        .tempdir()
        .expect("a folder");
    for name in names {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, "x").expect("a file");
    }
    dir
}

#[test]
fn files_come_in_order_without_hidden_ones_and_companions() {
    let names = [
        "b/z.txt",
        "b/a.MD",
        "a.html",
        "a_files/x.html",
        "photos_files/y.txt",
        "c.jpg",
        ".griot/s.txt",
        ".x.txt",
        "a b.htm",
    ];
    let dir = files(&names);
    let expected = [
        "- .griot hidden",
        "- .x.txt hidden",
        "a b.htm",
        "a.html",
        "- a_files page_companion",
        "b/a.MD",
        "b/z.txt",
        "- c.jpg unknown_format",
        "photos_files/y.txt",
    ];
    assert_eq!(seen(dir.path()), expected);
}

#[test]
fn an_index_is_no_archive() {
    let dir = files(&[
        "a.txt",
        "ix/gen-1/index_schema/stopwords.txt",
        "copy/gen-3/x.txt",
        "CURRENT/x.txt",
    ]);
    std::fs::write(dir.path().join("ix/LOCK"), "").expect("written");
    std::fs::write(dir.path().join("copy/CURRENT"), "gen-3\n").expect("written");
    assert_eq!(
        seen(dir.path()),
        ["CURRENT/x.txt", "a.txt", "- copy index", "- ix index"]
    );
    assert_eq!(
        walk_part(dir.path(), &dir.path().join("ix/gen-1"), &Choice::default()).count(),
        0
    );
}

#[test]
fn a_part_gives_what_the_whole_gives_there() {
    let dir = files(&[
        "b/z.txt",
        "b/a.MD",
        "a.html",
        "a_files/x.html",
        "c.jpg",
        ".h/s.txt",
        "b/c/d.txt",
    ]);
    let keys = |part: &str| -> Vec<String> {
        let walked = walk_part(dir.path(), &dir.path().join(part), &Choice::default());
        walked
            .filter_map(|w| {
                if let Walked::File(found) = w {
                    Some(found.key)
                } else {
                    None
                }
            })
            .collect()
    };
    assert_eq!(keys("b"), ["b/a.MD", "b/c/d.txt", "b/z.txt"]);
    assert_eq!(keys("b/z.txt"), ["b/z.txt"]);
    assert!(
        ["a_files", "a_files/x.html", ".h", ".h/s.txt", "c.jpg"]
            .iter()
            .all(|part| keys(part).is_empty())
    );
    assert_eq!(keys(""), ["a.html", "b/a.MD", "b/c/d.txt", "b/z.txt"]);
}

#[test]
fn a_root_may_be_a_file_or_hidden_or_missing() {
    let dir = files(&[".archive/a.txt", "b.xyz"]);
    assert_eq!(seen(&dir.path().join(".archive")), ["a.txt"]);
    assert_eq!(seen(&dir.path().join(".archive/a.txt")), ["a.txt"]);
    assert_eq!(seen(&dir.path().join("b.xyz")), ["! unknown_format"]);
    assert_eq!(seen(&dir.path().join("missing")), ["! unreadable"]);
}

/// Files in folders with and without settings.
fn with_settings() -> tempfile::TempDir {
    let dir = files(&[
        "a.txt",
        "x/b.txt",
        "x/brouillons/c.txt",
        "x/y/d.txt",
        "x/y/e.html",
        "z/f.txt",
    ]);
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).expect("a file");
    write("griot.toml", "lang = \"fr\"\n");
    write(
        "x/griot.toml",
        "source = \"RFI\"\nexclude = [\"brouillons/**\", \"*.html\"]\n",
    );
    write("z/griot.toml", "source = \"RFI\"\nsoucre = \"AFP\"\n");
    dir
}

fn found(dir: &tempfile::TempDir, name: &str) -> FoundFile {
    walk(dir.path())
        .find_map(|walked| match walked {
            Walked::File(found) if found.key == name => Some(found),
            _ => None,
        })
        .expect("a file")
}

#[test]
fn settings_hold_below_their_folder_and_the_innermost_first() {
    let dir = with_settings();
    let expected = [
        "a.txt",
        "- griot.toml settings",
        "x/b.txt",
        "- c.txt excluded",
        "- griot.toml settings",
        "x/y/d.txt",
        "- e.html excluded",
        "! invalid_settings",
        "z/f.txt",
        "- griot.toml settings",
    ];
    assert_eq!(seen(dir.path()), expected);
    let read = |name: &str| {
        let mut article = crate::article::Article::default();
        let found = found(&dir, name);
        found
            .settings
            .as_ref()
            .expect("settings")
            .complete(&found.key, true, &mut article);
        (
            article.source.unwrap_or_default(),
            article.lang.unwrap_or_default(),
        )
    };
    assert_eq!(read("x/y/d.txt"), ("RFI".into(), "fr".into()));
    assert_eq!(read("z/f.txt"), (String::new(), "fr".into()));
}

#[test]
fn settings_that_are_wrong_are_reported_and_others_are_another_stamp() {
    let dir = with_settings();
    let wrong = walk(dir.path())
        .find_map(|walked| {
            if let Walked::Skipped(skipped) = walked {
                Some(skipped)
            } else {
                None
            }
        })
        .expect("a fault");
    assert_eq!(
        (wrong.line, wrong.path.ends_with("z/griot.toml")),
        (Some(2), true),
        "{wrong}"
    );
    assert!(
        wrong.detail.contains("soucre") && wrong.detail.contains("correct the key"),
        "{wrong}"
    );
    // Other settings are another stamp, so that what lies below is read again.
    let before = found(&dir, "x/y/d.txt").stamp();
    fs::write(dir.path().join("griot.toml"), "lang = \"en\"\n").expect("a file");
    assert_ne!(found(&dir, "x/y/d.txt").stamp(), before);
}

#[cfg(unix)]
#[test]
fn links_are_followed_once_and_never_in_circles() {
    use std::os::unix::fs::symlink;
    let outside = files(&["2023/x.txt", "y.txt"]);
    let dir = files(&["real/a.txt", ".store/blob.txt"]);
    let link = |to: &Path, from: &str| symlink(to, dir.path().join(from)).expect("a link");
    link(&outside.path().join("2023"), "a-2023");
    link(outside.path(), "b-all");
    link(&dir.path().join("real"), "copy");
    link(&dir.path().join("real/a.txt"), "copy.txt");
    link(&dir.path().join(".store/blob.txt"), "kept.txt");
    link(dir.path(), "real/up");
    link(Path::new("nowhere"), "z.txt");
    symlink(outside.path(), outside.path().join("2023/again")).expect("a link");
    symlink(dir.path(), outside.path().join("back")).expect("a link");
    // What the two folders outside hold comes once, under the link that is first.
    let expected = [
        "- .store hidden",
        "- 2023 linked",
        "- back link_loop",
        "a-2023/again/y.txt",
        "a-2023/x.txt",
        "- b-all linked",
        "- copy linked",
        "- copy.txt linked",
        "kept.txt",
        "real/a.txt",
        "- up link_loop",
        "! unreadable",
    ];
    assert_eq!(seen(dir.path()), expected);
}

#[cfg(unix)]
#[test]
fn links_lead_out_only_where_that_is_wanted() {
    use std::os::unix::fs::symlink;
    let outside = files(&["sub/x.txt", "y.txt", "z.jpg"]);
    let other = files(&["o.txt"]);
    let dir = files(&["a.txt", ".store/blob.txt"]);
    let link = |to: &Path, from: &str| symlink(to, dir.path().join(from)).expect("a link");
    link(&dir.path().join(".store/blob.txt"), "kept.txt");
    link(&outside.path().join("sub"), "l-sub");
    link(&outside.path().join("y.txt"), "l-y.txt");
    link(&outside.path().join("z.jpg"), "l-z.jpg");
    link(other.path(), "other");
    link(Path::new("nowhere"), "w.txt");
    let choice = |links, reports| Choice {
        links,
        reports,
        roots: [other.path().to_path_buf()].into(),
        ..Choice::default()
    };
    let inside = [
        "- .store hidden",
        "a.txt",
        "kept.txt",
        "! linked_outside",
        "! linked_outside",
        "- l-z.jpg unknown_format",
        "other/o.txt",
        "! unreadable",
    ];
    assert_eq!(chosen(dir.path(), &choice(Links::Inside, false)), inside);
    let none = chosen(dir.path(), &choice(Links::None, false));
    assert_eq!(
        none.iter().filter(|seen| seen.ends_with("not_followed")).count(),
        6,
        "{none:?}"
    );
    assert_eq!(
        none.iter().filter(|seen| seen.ends_with(".txt")).count(),
        1,
        "{none:?}"
    );
    let reported = chosen(dir.path(), &choice(Links::All, true));
    assert!(
        ["> l-sub", "l-sub/x.txt", "> l-y.txt", "l-y.txt"]
            .iter()
            .all(|seen| reported.contains(&(*seen).into())),
        "{reported:?}"
    );
    // Watching asks the same: what lies beneath such a link is nobody's business, the link itself is.
    let concerned = |links, path: &str| concerns(dir.path(), &choice(links, false), &dir.path().join(path));
    for (path, all, inside, none) in [
        ("l-sub/x.txt", true, false, false),
        ("l-sub", true, true, true),
        ("other/o.txt", true, true, false),
        ("a.txt", true, true, true),
    ] {
        let asked = [Links::All, Links::Inside, Links::None].map(|links| concerned(links, path));
        assert_eq!(asked, [all, inside, none], "{path}");
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf8_get_keys_of_their_own() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let dir = files(&["a\\xe9.txt"]);
    fs::write(dir.path().join(OsStr::from_bytes(b"a\xe9.txt")), "x").expect("a file");
    assert_eq!(seen(dir.path()), ["a\\\\xe9.txt", "a\\xe9.txt"]);
    for name in [
        &b"a\xe9.txt"[..],
        b"a\\xe9.txt",
        b"\\",
        b"\\\xff\\x",
        "é\\é/b".as_bytes(),
    ] {
        let path = Path::new(OsStr::from_bytes(name));
        assert_eq!(path_of_key(&key(path)), path);
    }
}

#[cfg(unix)]
#[test]
fn pipes_are_not_opened() {
    let dir = files(&[]);
    let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("s.txt")).expect("a socket");
    let _other = std::os::unix::net::UnixListener::bind(dir.path().join("t.sock")).expect("a socket");
    assert_eq!(seen(dir.path()), ["! not_a_file", "- t.sock not_a_file"]);
    let globs = Globs::new(&[], &["s.*".into()]).expect("a good glob");
    let expected = ["- s.txt glob", "- t.sock not_a_file"];
    assert_eq!(
        chosen(dir.path(), &Choice::of(globs)),
        expected,
        "nobody wants it"
    );
}
