//! The files of `src/` import one another without circles, and no room imports one that is built on it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use syn::visit::Visit;
use syn::{Attribute, Item, UseTree, Visibility};

/// A module's place in the crate; the binary's modules begin with [`BINARY`].
type Module = Vec<String>;

const BINARY: &str = "main";

/// The rooms, and which of the others each may import. Only the binary may import all.
const ROOMS: [(&str, &[&str]); 13] = [
    ("french", &[]),
    ("events", &[]),
    ("grouping", &["french"]),
    ("facets", &["french", "events"]),
    ("pdf", &[]),
    ("corpus", &["french", "pdf"]),
    ("query", &["french", "facets"]),
    ("index", &["corpus", "facets", "french", "pdf"]),
    (
        "search",
        &[
            "index", "query", "facets", "events", "grouping", "french", "corpus",
        ],
    ),
    ("cluster", &["search", "query", "index", "facets", "french"]),
    ("export", &["search", "corpus", "french"]),
    ("tabular", &["search", "corpus"]),
    ("web", &["search", "tabular", "export"]),
];

/// Files at the top of `src/`, which all rooms may import, import none of them but for these.
const SHARED: [(&str, &[&str]); 6] = [
    ("additions", &["french"]),
    ("credits", &["french"]),
    ("date", &["french"]),
    ("schema", &["french"]),
    ("media", &["french"]),
    ("synonyms", &["french"]),
];

/// A file: the names that it hands on, and where its own code looks.
#[derive(Default)]
struct Imports {
    /// Names given by `pub use`, and the path behind each.
    reexported: BTreeMap<String, Vec<String>>,
    /// Names given by other `use` statements.
    imported: BTreeMap<String, Vec<String>>,
    /// Paths that the code names.
    named: Vec<Vec<String>>,
}

impl Imports {
    fn of(file: &syn::File) -> Self {
        let mut imports = Self::default();
        file.items.iter().for_each(|item| imports.visit_item(item));
        imports
    }

    /// The path behind a name that a `use` statement gives; children of the file have it, too.
    fn name(&self, name: &str) -> Option<&Vec<String>> {
        self.imported.get(name).or_else(|| self.reexported.get(name))
    }

    fn add(&mut self, tree: &UseTree, before: &[String], is_public: bool) {
        let mut path = before.to_vec();
        let (name, target) = match tree {
            UseTree::Path(part) => {
                path.push(part.ident.to_string());
                return self.add(&part.tree, &path, is_public);
            }
            UseTree::Group(group) => {
                return group
                    .items
                    .iter()
                    .for_each(|tree| self.add(tree, before, is_public));
            }
            UseTree::Glob(_) => return self.named.push(path),
            UseTree::Name(name) if name.ident == "self" => (path.last().cloned().unwrap_or_default(), path),
            UseTree::Name(name) => (
                name.ident.to_string(),
                [path, vec![name.ident.to_string()]].concat(),
            ),
            UseTree::Rename(rename) => {
                path.extend((rename.ident != "self").then(|| rename.ident.to_string()));
                (rename.rename.to_string(), path)
            }
        };
        let names = if is_public {
            &mut self.reexported
        } else {
            &mut self.imported
        };
        names.insert(name, target);
    }
}

impl Visit<'_> for Imports {
    fn visit_item(&mut self, item: &Item) {
        if !is_test(attributes(item)) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &syn::ItemUse) {
        self.add(&item.tree, &[], !matches!(item.vis, Visibility::Inherited));
    }

    /// `pub(super)` looks at nothing.
    fn visit_visibility(&mut self, _: &Visibility) {}

    fn visit_path(&mut self, path: &syn::Path) {
        self.named
            .push(path.segments.iter().map(|part| part.ident.to_string()).collect());
        syn::visit::visit_path(self, path);
    }

    /// Arguments of `format!` and its like are tokens; those that read as expressions are looked at.
    fn visit_macro(&mut self, called: &syn::Macro) {
        type Arguments = syn::punctuated::Punctuated<syn::Expr, syn::Token![,]>;
        if let Ok(arguments) = called.parse_body_with(Arguments::parse_terminated) {
            arguments.iter().for_each(|argument| self.visit_expr(argument));
        }
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    let is_test = |attribute: &Attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Path>()
                .is_ok_and(|path| path.is_ident("test"))
    };
    attributes.iter().any(is_test)
}

/// All files of the crate but those that only tests have.
struct Crate {
    files: BTreeMap<Module, Imports>,
}

impl Crate {
    fn read() -> Self {
        let mut files = BTreeMap::new();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        Self::read_module(&source.join("lib.rs"), Vec::new(), &mut files);
        Self::read_module(&source.join("main.rs"), vec![BINARY.into()], &mut files);
        Self { files }
    }

    fn read_module(path: &Path, module: Module, files: &mut BTreeMap<Module, Imports>) {
        let text =
            std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for item in &file.items {
            let Item::Mod(child) = item else { continue };
            if child.content.is_none() && !is_test(&child.attrs) {
                let child = child.ident.to_string();
                let inner = [module.clone(), vec![child.clone()]].concat();
                Self::read_module(&Self::file_of(path, &child), inner, files);
            }
        }
        files.insert(module, Imports::of(&file));
    }

    /// The file of a module that `parent` declares.
    fn file_of(parent: &Path, child: &str) -> PathBuf {
        let stem = parent.file_stem().unwrap_or_default();
        let own = parent.parent().unwrap_or(parent);
        let folder = if ["mod", "lib", "main"].iter().any(|name| stem == *name) {
            own.to_path_buf()
        } else {
            own.join(stem)
        };
        let flat = folder.join(format!("{child}.rs"));
        if flat.is_file() {
            flat
        } else {
            folder.join(child).join("mod.rs")
        }
    }

    /// The file that has what `path` names in `module`; none for what isn't the crate's.
    fn resolve(&self, module: &Module, path: &[String], depth: usize) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        let root = if module.first().is_some_and(|part| part == BINARY) {
            1
        } else {
            0
        };
        let start = match first.as_str() {
            "crate" => module[..root].to_vec(),
            "griot" if root == 1 => Vec::new(),
            "self" => module.clone(),
            "super" => module[..module.len() - 1].to_vec(),
            name => {
                let child = [&module[..], &[name.to_string()]].concat();
                if self.files.contains_key(&child) {
                    child
                } else {
                    let target = self.files.get(module)?.name(name)?;
                    return if depth > 8 || target == path {
                        None
                    } else {
                        self.resolve(module, &[target, rest].concat(), depth + 1)
                    };
                }
            }
        };
        self.follow(start, rest, depth)
    }

    /// The file that has what `path` names from `module` on.
    fn follow(&self, mut module: Module, path: &[String], depth: usize) -> Option<Module> {
        let mut path = path;
        while let Some((first, rest)) = path.split_first() {
            if first == "super" {
                module.pop();
            } else {
                let child = [&module[..], std::slice::from_ref(first)].concat();
                if !self.files.contains_key(&child) {
                    let target = self.files.get(&module)?.name(first);
                    return match target {
                        Some(target) if depth <= 8 => {
                            self.resolve(&module, &[target, rest].concat(), depth + 1)
                        }
                        _ => Some(module),
                    };
                }
                module = child;
            }
            path = rest;
        }
        Some(module)
    }

    /// Which files each file looks into.
    fn edges(&self) -> BTreeMap<&Module, BTreeSet<Module>> {
        let edges_of = |module: &Module, imports: &Imports| {
            let targets = imports
                .named
                .iter()
                .filter_map(|path| self.resolve(module, path, 0));
            targets
                .filter(|target| target != module && self.files.contains_key(target))
                .collect()
        };
        self.files
            .iter()
            .map(|(module, imports)| (module, edges_of(module, imports)))
            .collect()
    }
}

/// The modules that can be reached from one.
fn reached<'e>(edges: &'e BTreeMap<&Module, BTreeSet<Module>>, from: &Module) -> BTreeSet<&'e Module> {
    let (mut reached, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(module) = open.pop() {
        for next in edges.get(module).into_iter().flatten() {
            if reached.insert(next) {
                open.push(next);
            }
        }
    }
    reached
}

#[test]
fn no_import_circle() {
    let files = Crate::read();
    let edges = files.edges();
    let reaches: BTreeMap<&Module, BTreeSet<&Module>> = edges
        .keys()
        .map(|module| (*module, reached(&edges, module)))
        .collect();
    let mut circles: BTreeSet<String> = BTreeSet::new();
    for (module, targets) in &edges {
        for target in targets.iter().filter(|target| reaches[*target].contains(*module)) {
            circles.insert(format!("{} -> {}", module.join("::"), target.join("::")));
        }
    }
    let list: Vec<String> = circles.into_iter().collect();
    assert!(
        list.is_empty(),
        "{} imports are part of a circle:\n{}",
        list.len(),
        list.join("\n")
    );
}

#[test]
fn no_room_imports_one_that_is_built_on_it() {
    let files = Crate::read();
    let mut upwards = Vec::new();
    for (module, targets) in files.edges() {
        let room = module.first().map_or("", String::as_str);
        for target in &targets {
            let of = target.first().map_or("", String::as_str);
            let is_room = ROOMS.iter().any(|(name, _)| *name == of);
            let below = ROOMS.iter().chain(&SHARED).find(|(name, _)| *name == room);
            let allowed = match below {
                _ if of == BINARY => room == BINARY,
                Some((_, below)) => of == room || !is_room || below.contains(&of),
                None => room == BINARY || module.is_empty() || !is_room,
            };
            if !allowed {
                upwards.push(format!("{} -> {}", module.join("::"), target.join("::")));
            }
        }
    }
    assert!(
        upwards.is_empty(),
        "imports against the order of rooms:\n{}",
        upwards.join("\n")
    );
}

#[test]
fn imports_are_resolved() {
    let files = Crate::read();
    assert!(files.files.len() > 150, "{}", files.files.len());
    let path = |text: &str| text.split("::").map(String::from).collect::<Vec<_>>();
    let resolved = |module: &str, named: &str| {
        files
            .resolve(&path(module), &path(named), 0)
            .map(|module| module.join("::"))
    };
    assert_eq!(
        resolved("index::sync", "crate::date::PartialDate").as_deref(),
        Some("date::partial")
    );
    assert_eq!(resolved("search::stats", "std::fs"), None);
}
