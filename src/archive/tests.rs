use crate::archive::*;
use crate::article::Article;
use proptest::prelude::*;
use std::os::unix::fs::symlink;

/// Writes `bytes` to `path` below a folder called `archive` and reads what is there; problems come
/// as text with the path below that folder.
pub(crate) fn read_all(path: &str, bytes: &[u8]) -> (Vec<Article>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("archive");
    write(&root, path, bytes);
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    for file in open(&root).files() {
        file.unwrap().read(&mut |result| match result {
            Ok(read) => articles.push(read.article),
            Err(error) => problems.push(error.to_string()),
        });
    }
    let root = format!("{}/", fs::canonicalize(&root).unwrap().display());
    let problems = problems
        .iter()
        .map(|problem| problem.replace(&root, ""))
        .collect();
    (articles, problems)
}

pub(crate) fn read_one(path: &str, bytes: &[u8]) -> Article {
    let (mut articles, problems) = read_all(path, bytes);
    assert_eq!((articles.len(), problems.as_slice()), (1, &[][..]));
    articles.remove(0)
}

/// Returns the codes of the doubts about the articles of a file, of which each must come in.
pub(crate) fn doubts(path: &str, bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), path, bytes);
    let mut doubts = Vec::new();
    for file in open(folder.path()).files() {
        file.unwrap()
            .read(&mut |read| doubts.extend(read.unwrap().doubts));
    }
    let code = |doubt: &crate::error::Doubt| doubt.problem.code().to_owned();
    doubts.iter().map(code).collect()
}

/// Returns how many records of a file are no articles, by kind.
pub(crate) fn passed_over(
    path: &str,
    bytes: &[u8],
) -> std::collections::BTreeMap<&'static str, u64> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), path, bytes);
    let mut left_aside = LeftAside::default();
    for file in open(folder.path()).files() {
        left_aside.add(&file.unwrap().read(&mut |_| {}));
    }
    left_aside.by_kind().clone()
}

/// Returns the one problem of a file that gives no article, without its place.
pub(crate) fn problem(path: &str, bytes: &[u8]) -> String {
    let (articles, problems) = read_all(path, bytes);
    assert_eq!((articles.len(), problems.len()), (0, 1), "{problems:?}");
    problems[0].split_once(": ").unwrap().1.to_owned()
}

/// Reads the one article of a file with a map of fields.
pub(crate) fn read_mapped(path: &str, bytes: &[u8], map: &str) -> Article {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), path, bytes);
    let mut articles = Vec::new();
    let archive = open(folder.path()).with_map(map.parse().unwrap());
    for file in archive.files() {
        file.unwrap()
            .read(&mut |read| articles.push(read.unwrap().article));
    }
    assert_eq!(articles.len(), 1);
    articles.remove(0)
}

fn open(root: &Path) -> Archive {
    Archive::open(&[root.to_path_buf()]).unwrap()
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn names(roots: &[PathBuf]) -> (Vec<String>, u64) {
    let archive = Archive::open(roots).unwrap();
    let mut files = archive.files();
    let names = files.by_ref().map(|file| file.unwrap().name).collect();
    (names, files.left_aside().count())
}

#[test]
fn files_come_sorted_by_name_and_others_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("novyny");
    for path in [
        "b.TXT",
        "a/2.md",
        "a/1.html",
        "c.jsonl",
        "photo.jpg",
        "README",
        ".hidden.txt",
        ".git/a.txt",
    ] {
        write(&root, path, b"x");
    }
    let (names, skipped_count) = names(&[root]);
    assert_eq!(
        names,
        [
            "novyny/a/1.html",
            "novyny/a/2.md",
            "novyny/b.TXT",
            "novyny/c.jsonl"
        ]
    );
    assert_eq!(skipped_count, 2);
}

#[test]
fn loops_of_links_end_and_every_file_comes_once() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("novyny");
    write(&root, "a/b/1.txt", b"x");
    symlink(&root, root.join("a/b/loop")).unwrap();
    symlink(root.join("a"), root.join("z")).unwrap();
    symlink(root.join("a/b/1.txt"), root.join("zz.txt")).unwrap();
    symlink(root.join("nowhere"), root.join("dead")).unwrap();
    assert_eq!(names(std::slice::from_ref(&root)).0, ["novyny/a/b/1.txt"]);
    assert_eq!(
        names(&[root.clone(), root.join("a"), root.join("a/b/1.txt")])
            .0
            .len(),
        1
    );
}

#[test]
fn a_dead_link_to_an_article_is_told_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    symlink(
        folder.path().join("nowhere"),
        folder.path().join("dead.txt"),
    )
    .unwrap();
    let error = open(folder.path()).files().next().unwrap().unwrap_err();
    assert!(error.path.ends_with("dead.txt"));
    assert!(error.to_string().contains("cannot read: "), "{error}");
}

#[test]
fn a_root_may_be_a_file_and_is_named_with_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "novyny/2025.txt", b"x");
    assert_eq!(
        names(&[folder.path().join("novyny/2025.txt")]).0,
        ["novyny/2025.txt"]
    );
}

#[test]
fn roots_of_the_same_name_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "kyiv/news/1.txt", b"x");
    write(folder.path(), "lviv/news/1.txt", b"x");
    let roots = [
        folder.path().join("kyiv/news"),
        folder.path().join("lviv/news"),
    ];
    assert_eq!(names(&roots).0, ["kyiv/news/1.txt", "lviv/news/1.txt"]);
}

#[test]
fn a_root_that_does_not_exist_is_an_error() {
    let error = Archive::open(&["/no/such/folder".into()]).unwrap_err();
    assert_eq!(error.to_string(), "no such file or folder: /no/such/folder");
}

#[test]
fn the_hash_is_that_of_the_content() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "1.txt", b"x");
    write(folder.path(), "2.txt", b"x");
    write(folder.path(), "3.txt", b"y");
    let hashes: Vec<ContentHash> = open(folder.path())
        .files()
        .map(|file| file.unwrap().content_hash(&|| false).unwrap())
        .collect();
    assert!(hashes[0] == hashes[1] && hashes[1] != hashes[2]);
}

#[test]
fn a_file_that_is_too_large_is_told_without_being_read() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.txt", b"x");
    let mut file = open(folder.path()).files().next().unwrap().unwrap();
    file.size_bytes = MAX_ARTICLE_BYTES + 1;
    file.read(&mut |result| {
        let told = result.unwrap_err().to_string();
        assert!(
            told.contains("too large: 67108865 bytes, and an article may have 67108864"),
            "{told}"
        );
    });
}

#[test]
fn a_file_that_vanished_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.md", "c.html", "d.json", "e.jsonl"] {
        write(folder.path(), name, b"x");
        let file = open(folder.path()).files().next().unwrap().unwrap();
        fs::remove_file(&file.path).unwrap();
        let mut problems = Vec::new();
        file.read(&mut |result| problems.push(result.unwrap_err().to_string()));
        assert!(
            problems.len() == 1 && problems[0].contains("cannot read: "),
            "{problems:?}"
        );
        assert!(file.content_hash(&|| false).is_err());
    }
}

/// Pieces that parsers stumble over, in any order.
fn dirty_bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..20),
        "\\PC{0,20}".prop_map(String::into_bytes),
        proptest::sample::select(vec![
            "---\n",
            "title: ",
            "date: ",
            "- ",
            "# ",
            "<div>",
            "</p>",
            "<!--",
            "<script type=application/ld+json>",
            "</script>",
            "<table><tr>",
            "<b><i></b>",
            "&#0;&amp",
            "{\"title\":",
            "[",
            "]}",
            "\"",
            "\u{FEFF}",
            "\r\n",
            "28 грудня ",
            "2025",
            "31.12.",
            "{{",
            "%}",
            "```",
            "> ",
            "<svg><p>",
            "<template>",
            "<select>",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_bytes_make_any_format_panic(bytes in dirty_bytes()) {
        for path in ["a.txt", "a.md", "a.html", "a.json", "a.jsonl"] {
            let (articles, problems) = read_all(path, &bytes);
            prop_assert!(!problems.iter().any(|problem| problem.contains("could not be parsed")));
            for article in articles {
                prop_assert!(!article.title.contains('\r') && !article.body.contains(['\r', '\0']));
                let all = [article.title, article.lead, article.body].concat();
                prop_assert!(!all.trim().is_empty());
            }
        }
    }
}
