//! Files import one another in one direction, inside a module too, and each `mod.rs` is a map of
//! it.

use crate::architecture::{code_of, rust_files};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};

/// A module by its path below the crate root: `search::facets` is `["search", "facets"]`.
type Module = Vec<String>;

/// The files of one crate and the names that they import.
struct Graph {
    code: BTreeMap<Module, String>,
    /// Where a name that a module exports from another one comes from.
    exported: BTreeMap<Module, Module>,
}

impl Graph {
    /// Reads the files of `src` below `root`; the crate of the library leaves the binaries out.
    fn of(root: &str) -> Self {
        let mut code = BTreeMap::new();
        for (name, text) in rust_files() {
            let Some(name) = name.strip_prefix(root) else {
                continue;
            };
            let is_of_binary = root.is_empty() && name.starts_with("bin/");
            if !is_of_binary && !name.ends_with("tests.rs") {
                code.insert(module_of(name), code_of(&text));
            }
        }
        let mut graph = Self {
            code,
            exported: BTreeMap::new(),
        };
        for (module, code) in graph.code.clone() {
            for (path, name, is_public) in imports(&code) {
                if let Some(path) = graph.absolute(&module, &path).filter(|_| is_public) {
                    graph
                        .exported
                        .insert([module.clone(), vec![name]].concat(), path);
                }
            }
        }
        graph
    }

    /// Returns `path` from the crate root; `None` where it leads to another crate.
    fn absolute(&self, module: &Module, path: &[String]) -> Option<Module> {
        let supers = path.iter().take_while(|name| *name == "super").count();
        let first = path.first()?;
        let (base, rest) = match first.as_str() {
            "crate" => (&[][..], &path[1..]),
            "self" => (&module[..], &path[1..]),
            "super" => (
                &module[..module.len().checked_sub(supers)?],
                &path[supers..],
            ),
            _ if self.code.contains_key(&[&module[..], &path[..1]].concat()) => (&module[..], path),
            _ => return None,
        };
        Some([base, rest].concat())
    }

    /// Returns the file that defines what `path` names.
    fn file_of(&self, path: &Module) -> Option<Module> {
        let length = (0..=path.len())
            .rev()
            .find(|length| self.code.contains_key(&path[..*length]));
        let (module, rest) = path.split_at(length?);
        let exported = rest.first().and_then(|name| {
            self.exported
                .get(&[module, std::slice::from_ref(name)].concat())
        });
        match exported {
            Some(origin) if origin != path => self.file_of(&[&origin[..], &rest[1..]].concat()),
            _ => Some(module.to_vec()),
        }
    }

    /// Returns the files that each file imports from; what a module only exports is no import.
    fn edges(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let path_in_code = Regex::new(r"\b(?:crate|super)(?:::\w+)+").unwrap();
        let mut edges = BTreeMap::new();
        for (module, code) in &self.code {
            let mut paths: Vec<Vec<String>> = Vec::new();
            for (path, _, is_public) in imports(code) {
                if !is_public {
                    paths.push(path);
                }
            }
            let code = USE.replace_all(code, "");
            paths.extend(
                path_in_code
                    .find_iter(&code)
                    .map(|path| names(path.as_str())),
            );
            let used: BTreeSet<Module> = paths
                .iter()
                .filter_map(|path| self.file_of(&self.absolute(module, path)?))
                .filter(|used| used != module && !used.is_empty())
                .collect();
            edges.insert(module.clone(), used);
        }
        edges
    }
}

static USE: std::sync::LazyLock<Regex> =
    std::sync::LazyLock::new(|| Regex::new(r"(?m)^\s*(pub(?:\([^)]*\))? )?use ([^;]+);").unwrap());

fn module_of(name: &str) -> Module {
    let path = name.trim_end_matches(".rs").trim_end_matches("mod");
    let path = path.trim_end_matches('/');
    if path == "lib" || path == "main" {
        return Module::new();
    }
    path.split('/').map(str::to_owned).collect()
}

fn names(path: &str) -> Vec<String> {
    path.split("::")
        .map(|name| name.trim().to_owned())
        .collect()
}

/// Returns the path of every import, the name it gets and whether others may import that from here.
fn imports(code: &str) -> Vec<(Vec<String>, String, bool)> {
    let mut all = Vec::new();
    for found in USE.captures_iter(code) {
        let mut paths = Vec::new();
        add_paths("", &found[2], &mut paths);
        for path in paths {
            let (path, name) = match path.split_once(" as ") {
                Some((path, name)) => (names(path), name.to_owned()),
                None => (names(&path), names(&path).pop().unwrap()),
            };
            all.push((path, name, found.get(1).is_some()));
        }
    }
    all
}

/// Adds the paths of a tree of imports (`a::{b, c::d}`), each behind `prefix`.
fn add_paths(prefix: &str, tree: &str, paths: &mut Vec<String>) {
    let Some((before, group)) = tree.split_once('{') else {
        let path = format!("{prefix}{}", tree.trim());
        paths.push(path.trim_end_matches("::self").to_owned());
        return;
    };
    let prefix = format!("{prefix}{}", before.trim());
    let group = group.rsplit_once('}').unwrap().0;
    let (mut depth, mut start) = (0, 0);
    for (at, c) in group.char_indices().chain([(group.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let tree = group.get(start..at).unwrap();
                if !tree.trim().is_empty() {
                    add_paths(&prefix, tree, paths);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// Returns a circle of files that import one another, if there is one.
fn circle(edges: &BTreeMap<Module, BTreeSet<Module>>) -> Option<Vec<Module>> {
    fn follow(
        at: &Module,
        edges: &BTreeMap<Module, BTreeSet<Module>>,
        way: &mut Vec<Module>,
        done: &mut BTreeSet<Module>,
    ) -> Option<Vec<Module>> {
        if let Some(start) = way.iter().position(|before| before == at) {
            return Some(way[start..].to_vec());
        }
        if done.contains(at) {
            return None;
        }
        way.push(at.clone());
        let found = edges
            .get(at)?
            .iter()
            .find_map(|next| follow(next, edges, way, done));
        way.pop();
        done.insert(at.clone());
        found
    }
    let mut done = BTreeSet::new();
    edges
        .keys()
        .find_map(|module| follow(module, edges, &mut Vec::new(), &mut done))
}

#[test]
fn no_files_import_one_another_in_a_circle() {
    for root in ["", "bin/shukach/", "bin/shukach-dictionary/"] {
        let edges = Graph::of(root).edges();
        let count: usize = edges.values().map(BTreeSet::len).sum();
        assert!(count > 10, "{root}: only {count} imports were seen");
        if let Some(circle) = circle(&edges) {
            let circle: Vec<String> = circle.iter().map(|module| module.join("::")).collect();
            panic!("src/{root}: {} and back", circle.join(" -> "));
        }
    }
}

#[test]
fn a_circle_would_be_seen() {
    let module = |name: &str| vec![name.to_owned()];
    let mut edges = BTreeMap::from([
        (module("a"), BTreeSet::from([module("b")])),
        (module("b"), BTreeSet::from([module("c")])),
        (module("c"), BTreeSet::new()),
    ]);
    assert_eq!(circle(&edges), None);
    edges.insert(module("c"), BTreeSet::from([module("b")]));
    assert_eq!(circle(&edges), Some(vec![module("b"), module("c")]));
}

#[test]
fn imports_are_read_in_groups_and_under_other_names() {
    let read = imports("use crate::a::{self, b::{C, D as E}};\npub use super::f::G;\n");
    let read: Vec<String> = read
        .iter()
        .map(|(path, name, is_public)| format!("{} {name} {is_public}", path.join("::")))
        .collect();
    assert_eq!(
        read,
        [
            "crate::a a false",
            "crate::a::b::C C false",
            "crate::a::b::D E false",
            "super::f::G G true"
        ]
    );
}

/// The modules that may name the search library; the others get plain data from them.
const KNOW_TANTIVY: [&str; 8] = [
    // Its tokenizer traits, which the words of an article are handed to the index by.
    "analysis", // Errors of the library are passed on, not hidden.
    "error", "schema", "ranking", "index", "plan", "engine", "search",
];

#[test]
fn the_query_language_archives_and_outputs_know_nothing_of_the_search_library() {
    for (module, code) in Graph::of("").code {
        if module
            .first()
            .is_some_and(|name| !KNOW_TANTIVY.contains(&name.as_str()))
        {
            assert!(!code.contains("tantivy"), "{}", module.join("::"));
        }
    }
}

#[test]
fn queries_weights_and_scorers_are_implemented_in_the_engine_alone() {
    let implemented = Regex::new(r"impl(<[^>]*>)? (Query|Weight|Scorer|DocSet) for").unwrap();
    let mut count = 0;
    for (module, code) in Graph::of("").code {
        let found = implemented.find_iter(&code).count();
        if module.first().is_some_and(|name| name == "engine") {
            count += found;
        } else if module.join("::") == "index::segment::older_versions" {
            // It searches nothing: the engine takes removals as queries.
            assert_eq!(found, 2);
        } else {
            assert_eq!(found, 0, "{}", module.join("::"));
        }
    }
    assert!(count > 10, "only {count} were seen");
}

#[test]
fn a_folder_of_modules_has_a_mod_rs_and_its_map_names_each_of_them() {
    let declared = Regex::new(r"(?m)^(?:pub(?:\([^)]*\))? )?mod (\w+);").unwrap();
    let files = rust_files();
    for (name, text) in &files {
        let header: String = text
            .lines()
            .filter(|line| line.starts_with("//!"))
            .collect();
        if name.ends_with("/mod.rs") {
            for module in declared
                .captures_iter(text)
                .map(|found| found[1].to_owned())
            {
                let is_named = [format!("`{module}`"), format!("`{module}::")]
                    .iter()
                    .any(|name| header.contains(name));
                assert!(
                    is_named || module == "tests",
                    "src/{name} does not name `{module}`"
                );
            }
        }
        let folder = format!("{}/", name.trim_end_matches(".rs"));
        assert!(
            !files.iter().any(|(other, _)| other.starts_with(&folder)),
            "src/{name} should be src/{folder}mod.rs"
        );
    }
}

#[test]
fn no_room_holds_more_than_18_percent_of_the_code() {
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    for (name, text) in rust_files() {
        let room = name.split('/').next().unwrap().to_owned();
        *lines.entry(room).or_default() += text.lines().count();
    }
    let all: usize = lines.values().sum();
    for (room, count) in lines {
        assert!(count * 100 <= all * 18, "{room}: {count} of {all} lines");
    }
}
