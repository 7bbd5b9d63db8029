use super::*;

fn open(dir: &Path, extent: &Extent) -> Result<Manifest> {
    Manifest::open(&IndexDirectory::open(dir).unwrap(), extent)
}

fn new(dir: &Path) -> Manifest {
    open(dir, &Extent::default()).unwrap()
}

fn entry(articles: u32) -> Entry {
    Entry {
        articles,
        ..Entry::new("a".into(), ContentHash::from_bytes([0; 32]))
    }
}

#[test]
fn what_was_written_after_the_commit_is_cut_off() {
    let dir = tempfile::tempdir().unwrap();
    let mut manifest = new(dir.path());
    manifest.set_file("/a/1", Some(entry(1))).unwrap();
    let extent = manifest.sync().unwrap();
    manifest.set_file("/a/2", Some(entry(2))).unwrap();
    manifest.sync().unwrap();
    let manifest = open(dir.path(), &extent).unwrap();
    assert_eq!(manifest.records.get("/a/1"), Some(&entry(1)));
    assert_eq!(manifest.records.get("/a/2"), None);
}

#[test]
fn the_last_word_on_a_path_counts() {
    let dir = tempfile::tempdir().unwrap();
    let mut manifest = new(dir.path());
    manifest.set_file("/a/1", Some(entry(1))).unwrap();
    manifest.set_file("/a/1", Some(entry(5))).unwrap();
    manifest.set_file("/b/1", Some(entry(1))).unwrap();
    manifest.set_file("/b/1", None).unwrap();
    let extent = manifest.sync().unwrap();
    let manifest = open(dir.path(), &extent).unwrap();
    assert_eq!(manifest.records.len(), 1);
    assert_eq!(manifest.records.get("/a/1").unwrap().articles, 5);
    assert_eq!(manifest.records.below("/a").count(), 1);
    assert_eq!(manifest.records.below("/b").count(), 0);
}

#[test]
fn a_manifest_of_mostly_old_lines_is_written_anew_under_another_name() {
    let dir = tempfile::tempdir().unwrap();
    let mut manifest = new(dir.path());
    for round in 0..1_100 {
        manifest.set_file("/a/1", Some(entry(round))).unwrap();
    }
    let extent = manifest.sync().unwrap();
    assert_eq!(extent.name, "manifest-1.jsonl");
    assert!(
        dir.path().join("manifest-0.jsonl").exists(),
        "the old one serves until the commit"
    );
    let manifest = open(dir.path(), &extent).unwrap();
    assert_eq!(manifest.records.get("/a/1"), Some(&entry(1_099)));
    assert!(!dir.path().join("manifest-0.jsonl").exists());
}

#[test]
fn a_manifest_shorter_than_its_commit_is_damage() {
    let dir = tempfile::tempdir().unwrap();
    let mut manifest = new(dir.path());
    manifest.set_file("/a/1", Some(entry(1))).unwrap();
    let mut extent = manifest.sync().unwrap();
    extent.bytes += 10;
    let opened = open(dir.path(), &extent);
    assert!(matches!(opened, Err(Error::Damaged { .. })));
    std::fs::remove_file(dir.path().join(&extent.name)).unwrap();
    let opened = open(dir.path(), &extent);
    assert!(matches!(opened, Err(Error::Damaged { .. })));
    assert!(!dir.path().join(&extent.name).exists());
}

#[test]
fn a_manifest_with_another_byte_is_damage_also_where_it_is_still_json() {
    let dir = tempfile::tempdir().unwrap();
    let mut manifest = new(dir.path());
    manifest.set_file("/a/1", Some(entry(1))).unwrap();
    manifest.sync().unwrap();
    manifest.set_file("/a/2", Some(entry(2))).unwrap();
    let extent = manifest.sync().unwrap();
    let path = dir.path().join(&extent.name);
    let whole = std::fs::read(&path).unwrap();
    let at = whole.windows(4).rposition(|bytes| bytes == b"/a/2");
    let mut other = whole.clone();
    other[at.unwrap() + 3] = b'3';
    std::fs::write(&path, &other).unwrap();
    let opened = open(dir.path(), &extent);
    assert!(matches!(opened, Err(Error::Damaged { .. })));
    let without = Extent {
        hash: None,
        ..extent.clone()
    };
    assert!(
        open(dir.path(), &without).is_ok(),
        "as older programs wrote"
    );
    std::fs::write(&path, &whole).unwrap();
    let mut manifest = open(dir.path(), &extent).unwrap();
    manifest.set_file("/a/3", Some(entry(3))).unwrap();
    let extent = manifest.sync().unwrap();
    assert_eq!(open(dir.path(), &extent).unwrap().records().len(), 3);
}

#[test]
fn roots_and_marks_survive_a_rewriting_and_are_read_by_themselves() {
    let dir = tempfile::tempdir().unwrap();
    let mut manifest = new(dir.path());
    let root = Root {
        path: "/a".into(),
        is_file: false,
        label: "a".into(),
        collection: "a".into(),
        former: Vec::new(),
        share: None,
    };
    let mark = Mark {
        id: "1".into(),
        collection: "a".into(),
        path: "/a/1".into(),
        hash: 5,
        repeat_hash: Some(6),
    };
    manifest.set_root(0, Some(root.clone())).unwrap();
    manifest.set_mark(7, Some(mark.clone())).unwrap();
    for round in 0..1_100 {
        manifest.set_file("/a/1", Some(entry(round))).unwrap();
    }
    let extent = manifest.sync().unwrap();
    assert_eq!(extent.name, "manifest-1.jsonl");
    let manifest = open(dir.path(), &extent).unwrap();
    assert_eq!(manifest.records.roots().at("/a"), Some((0, &root)));
    assert_eq!(manifest.records.marks().get(&7), Some(&mark));
    let roots = read_roots(dir.path(), &extent.name, extent.bytes).unwrap();
    assert_eq!(roots.at("/a"), Some((0, &root)));
}

#[test]
fn a_file_found_through_a_link_belongs_to_the_folder_of_the_link() {
    let dir = tempfile::tempdir().unwrap();
    let mut manifest = new(dir.path());
    let linked = Entry {
        link: Some("/a/link".into()),
        ..entry(1)
    };
    manifest.set_file("/elsewhere/1", Some(linked)).unwrap();
    manifest.set_file("/ab/1", Some(entry(1))).unwrap();
    let below = manifest
        .records
        .below("/a")
        .map(|(path, _)| path.to_string());
    assert_eq!(below.collect::<Vec<_>>(), ["/elsewhere/1"]);
}
