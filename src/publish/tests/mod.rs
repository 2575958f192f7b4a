//! The laws of an output directory, each held on a real one.

mod crash;
mod kill;
mod random;
mod strangers;

use super::{Job, Meanwhile, Output, Seen, Summary, Target, check};
use crate::cache::PageDigest;
use crate::diagnostic::Diagnostic;
use crate::render::{Body, Rendered, Turnout};
use crate::stopwatch::Stopwatch;
use rayon::ThreadPoolBuilder;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// A page for tests: its path, and what it renders to.
type TestPage = (String, Result<Body, Diagnostic>);

/// A site with an output directory and nothing else.
struct Site {
    root: TempDir,
}

impl Site {
    fn new() -> Self {
        Self { root: tempfile::tempdir().unwrap() }
    }

    fn target(&self) -> Target {
        let root = self.root.path().to_owned();
        Target {
            output: self.output(),
            records: root.clone(),
            root,
            adopt: false,
            verify: false,
            strict: false,
        }
    }

    fn output(&self) -> PathBuf {
        self.root.path().join("public")
    }

    fn file(&self, path: &str) -> PathBuf {
        self.output().join(path)
    }

    /// Puts a file in the output that Dateline did not write.
    fn put(&self, path: &str, text: &str) {
        fs::create_dir_all(self.file(path).parent().unwrap()).unwrap();
        fs::write(self.file(path), text).unwrap();
    }

    /// Changes a file of the output by hand, at a time of its own: a person is slower than the disk's clock, and
    /// a test is not.
    fn change(&self, path: &str, text: &str) {
        fs::write(self.file(path), text).unwrap();
        let later = SystemTime::now() + Duration::from_secs(1);
        File::options().write(true).open(self.file(path)).unwrap().set_modified(later).unwrap();
    }

    fn publish(&self, pages: &[(&str, &str)]) -> Result<Summary, Vec<Diagnostic>> {
        publish_pages(&texts(pages), &self.target())
    }

    /// Publishes, and holds that it is done and what the output then is: these pages, and these other files.
    #[track_caller]
    fn publishes(&self, pages: &[(&str, &str)], others: &[(&str, &str)]) -> Summary {
        let summary = self.publish(pages).unwrap();
        self.is(&[pages, others].concat());
        summary
    }

    /// Holds that the output is exactly these files, and the folders they need.
    #[track_caller]
    fn is(&self, files: &[(&str, &str)]) {
        assert_eq!(snapshot(&self.output()), expected(files));
        assert!(!self.root.path().join(".dateline").exists() || self.leftover_records().is_empty());
    }

    /// The records that only an unfinished build has.
    fn leftover_records(&self) -> Vec<String> {
        let names = snapshot(&self.root.path().join(".dateline")).into_keys();
        names.filter(|name| name.ends_with("journal") || name.ends_with("pending")).collect()
    }
}

fn text(text: &str) -> Body {
    Body::Bytes(text.as_bytes().to_vec())
}

fn texts(pages: &[(&str, &str)]) -> Vec<TestPage> {
    pages.iter().map(|(path, words)| ((*path).to_owned(), Ok(text(words)))).collect()
}

fn failing(path: &str) -> TestPage {
    (path.to_owned(), Err(Diagnostic::error("broken", "a broken page").in_file(path)))
}

/// The numbers of pages in the order of their paths.
fn order<T>(pages: &[(String, T)]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..).take(pages.len()).collect();
    order.sort_by_key(|number| &pages[*number as usize].0);
    order
}

/// A renderer that makes every page.
fn always<P>(
    render: impl Fn(&P) -> Rendered + Sync,
) -> impl Fn(usize, &P, Option<PageDigest>) -> Turnout + Sync {
    move |_, page, _| Turnout::Rendered(render(page))
}

fn publish<P: Sync, R: Fn(usize, &P, Option<PageDigest>) -> Turnout + Sync>(
    job: &Job<'_, P, R>,
    target: &Target,
) -> Result<Summary, Vec<Diagnostic>> {
    let open = || Output::open(target).map(|output| (output, Seen::default()));
    let opened = Output::reopen(target, job.stopwatch).unwrap_or_else(open);
    let (output, seen) = opened.map_err(|problem| vec![problem])?;
    output.publish(job, &|_| {}, Meanwhile { survey: Box::new(|| {}), commit: &|_| {} }, seen)
}

fn render(page: &TestPage) -> Rendered {
    match &page.1 {
        Ok(body) => Rendered { body: Some(body.clone()), diagnostics: Vec::new(), words: 0 },
        Err(problem) => Rendered { body: None, diagnostics: vec![problem.clone()], words: 0 },
    }
}

fn publish_pages(pages: &[TestPage], target: &Target) -> Result<Summary, Vec<Diagnostic>> {
    let job = Job {
        pages,
        path_of: |page| &page.0,
        order: &order(pages),
        render: always(render),
        stopwatch: &Stopwatch::default(),
    };
    publish(&job, target)
}

/// Everything below a directory: files with their text, folders with none.
fn snapshot(directory: &Path) -> BTreeMap<String, Option<String>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(directory).min_depth(1).into_iter().filter_map(Result::ok) {
        let path = entry.path().strip_prefix(directory).unwrap().to_str().unwrap().replace('\\', "/");
        let text = entry
            .file_type()
            .is_file()
            .then(|| String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned());
        found.insert(path, text);
    }
    found
}

/// The snapshot of a directory with exactly these files.
fn expected(files: &[(&str, &str)]) -> BTreeMap<String, Option<String>> {
    let mut found: BTreeMap<String, Option<String>> = super::layout::parents(files.iter().map(|file| file.0))
        .into_iter()
        .map(|folder| (folder.to_owned(), None))
        .collect();
    found.extend(files.iter().map(|(path, text)| ((*path).to_owned(), Some((*text).to_owned()))));
    found
}

fn counts(summary: &Summary) -> (usize, usize, usize) {
    (summary.written, summary.unchanged, summary.removed)
}

#[track_caller]
fn codes(result: Result<Summary, Vec<Diagnostic>>) -> Vec<Cow<'static, str>> {
    result.unwrap_err().into_iter().map(|problem| problem.code).collect()
}

#[test]
fn only_what_changed_is_written_and_what_is_not_planned_goes() {
    let site = Site::new();
    let summary =
        site.publishes(&[("index.html", "home"), ("a/b/index.html", "b"), ("a/c/index.html", "c")], &[]);
    assert_eq!(counts(&summary), (3, 0, 0));
    let before = fs::metadata(site.file("index.html")).unwrap().modified().unwrap();

    let pages = [("index.html", "home"), ("a/b/index.html", "new"), ("d/index.html", "d")];
    assert_eq!(counts(&site.publishes(&pages, &[])), (2, 1, 1));
    assert_eq!(fs::metadata(site.file("index.html")).unwrap().modified().unwrap(), before);
    assert_eq!(counts(&site.publishes(&pages, &[])), (0, 3, 0));
    assert_eq!(counts(&site.publishes(&[], &[])), (0, 0, 3));
    assert!(site.output().is_dir());
}

#[test]
fn a_file_that_was_changed_touched_or_removed_by_hand_is_mended() {
    let site = Site::new();
    let pages = [("a/1", "one"), ("a/2", "two"), ("a/3", "three"), ("b/4", "four"), ("c/5", "five")];
    site.publishes(&pages, &[]);
    site.change("a/1", "ONE");
    site.change("a/2", "longer");
    site.change("a/3", "three");
    fs::remove_dir_all(site.file("b")).unwrap();
    fs::remove_file(site.file("c/5")).unwrap();
    fs::create_dir(site.file("c/5")).unwrap();
    // An empty folder in the place of a page is not ours, and so not ours to remove.
    assert_eq!(codes(site.publish(&pages)), ["foreign-file"]);
    fs::remove_dir(site.file("c/5")).unwrap();
    assert_eq!(counts(&site.publishes(&pages, &[])), (4, 1, 0));
    assert_eq!(counts(&site.publishes(&pages, &[])), (0, 5, 0));
}

#[test]
fn an_error_leaves_the_output_as_it_was_and_all_errors_are_reported() {
    let site = Site::new();
    site.publishes(&[("index.html", "home"), ("old/index.html", "old")], &[]);
    let mut pages =
        texts(&[("index.html", "changed"), ("new/deep/index.html", "new"), ("old", "now a file")]);
    pages.extend([failing("z.html"), failing("b.html")]);
    let problems = publish_pages(&pages, &site.target()).unwrap_err();
    let files: Vec<&str> = problems.iter().filter_map(|problem| problem.file.as_deref()).collect();
    assert_eq!(files, ["b.html", "z.html"]);
    site.is(&[("index.html", "home"), ("old/index.html", "old")]);

    let fresh = Site::new();
    assert_eq!(codes(publish_pages(&pages, &fresh.target())), ["broken", "broken"]);
    assert!(!fresh.output().exists());
    let target = Target { output: fresh.output().join("deep/down"), ..fresh.target() };
    assert!(publish_pages(&pages, &target).is_err());
    assert!(!fresh.output().exists());
}

#[test]
fn warnings_do_not_keep_a_page_from_being_written() {
    let site = Site::new();
    let warn = |_: &TestPage| Rendered {
        body: Some(text("x")),
        diagnostics: vec![Diagnostic::warning("odd", "this is odd")],
        words: 0,
    };
    let pages = texts(&[("a", ""), ("b", "")]);
    let job = Job {
        pages: &pages,
        path_of: |page| &page.0,
        order: &order(&pages),
        render: always(warn),
        stopwatch: &Stopwatch::default(),
    };
    let summary = publish(&job, &site.target()).unwrap();
    assert_eq!((summary.written, summary.diagnostics.len()), (2, 2));
    site.is(&[("a", "x"), ("b", "x")]);
    assert_eq!(check(&job, &|_| {}).len(), 2);
}

#[test]
fn a_check_reports_in_order_and_writes_nothing() {
    let pages = [failing("b"), texts(&[("c", "fine")]).remove(0), failing("a")];
    let last = std::sync::atomic::AtomicUsize::new(0);
    let progress = |done| {
        last.fetch_max(done, std::sync::atomic::Ordering::Relaxed);
    };
    let problems = check(
        &Job {
            pages: &pages,
            path_of: |page| &page.0,
            order: &order(&pages),
            render: always(render),
            stopwatch: &Stopwatch::default(),
        },
        &progress,
    );
    let files: Vec<_> = problems.iter().filter_map(|problem| problem.file.as_deref()).collect();
    assert_eq!((files, last.into_inner()), (vec!["a", "b"], 3));
}

#[test]
fn a_page_without_body_or_reason_is_an_error() {
    let site = Site::new();
    let nothing = |_: &TestPage| Rendered { body: None, diagnostics: Vec::new(), words: 0 };
    let pages = texts(&[("a", "")]);
    let job = Job {
        pages: &pages,
        path_of: |page| &page.0,
        order: &order(&pages),
        render: always(nothing),
        stopwatch: &Stopwatch::default(),
    };
    assert_eq!(codes(publish(&job, &site.target())), ["not-rendered"]);
}

#[test]
fn files_are_copied_and_noticed_when_they_change() {
    let site = Site::new();
    let source = site.root.path().join("photo.jpg");
    let large = "0123456789abcdef".repeat(100_000);
    fs::write(&source, &large).unwrap();
    let pages = [
        ("img/photo.jpg".to_owned(), Ok(Body::File(source.clone()))),
        ("x.css".to_owned(), Ok(Body::Static(b"x"))),
    ];
    assert_eq!(counts(&publish_pages(&pages, &site.target()).unwrap()), (2, 0, 0));
    site.is(&[("img/photo.jpg", &large), ("x.css", "x")]);
    assert_eq!(counts(&publish_pages(&pages, &site.target()).unwrap()), (0, 2, 0));
    let other = large.replace('0', "o");
    fs::write(&source, &other).unwrap();
    assert_eq!(counts(&publish_pages(&pages, &site.target()).unwrap()), (1, 1, 0));
    site.is(&[("img/photo.jpg", &other), ("x.css", "x")]);
    fs::remove_file(&source).unwrap();
    let problems = publish_pages(&pages, &site.target()).unwrap_err();
    assert_eq!((&*problems[0].code, problems[0].file.as_deref()), ("unreadable", Some("photo.jpg")));
    site.is(&[("img/photo.jpg", &other), ("x.css", "x")]);
}

#[test]
fn files_become_folders_and_folders_files() {
    let site = Site::new();
    let files = [("a", "a"), ("b", "b"), ("c/d", "cd"), ("e/f/g", "efg"), ("e/h/i", "ehi"), ("k", "k")];
    let folders =
        [("a/x", "ax"), ("a/y/z", "ayz"), ("b/index.html", "b"), ("c", "c"), ("e", "e"), ("k", "k")];
    site.publishes(&files, &[]);
    assert_eq!(counts(&site.publishes(&folders, &[])), (5, 1, 5));
    assert_eq!(counts(&site.publishes(&files, &[])), (5, 1, 5));
    // Even where someone has removed what was in the folder.
    fs::remove_file(site.file("e/f/g")).unwrap();
    site.publishes(&folders, &[]);
    // An error in between changes nothing.
    let mut broken = texts(&files);
    broken.push(failing("z"));
    assert!(publish_pages(&broken, &site.target()).is_err());
    site.is(&folders);
}

#[test]
fn names_may_be_long_and_in_any_script() {
    let site = Site::new();
    let (long, longest) = ("x".repeat(200), format!("{}.html", "ж".repeat(125)));
    let nested = format!("{long}/{long}/index.html");
    let pages =
        [("क्रिकेट/تاریخ/index.html", "हाँ"), (&nested, "n"), (&longest, "l"), ("C++/a b/%41?.html", "c")];
    site.publishes(&pages, &[]);
    assert_eq!(counts(&site.publishes(&pages, &[])), (0, 4, 0));
    site.publishes(&pages[..1], &[]);
    let too_long = "x".repeat(256);
    assert_eq!(codes(site.publish(&[("a", "a"), (&too_long, "b"), ("../c", "c")])), ["bad-output-path"; 2]);
    site.is(&pages[..1]);
}

#[test]
fn two_builds_of_one_output_take_turns() {
    let site = Site::new();
    let paths: Vec<Vec<String>> =
        (2..6).map(|set| (0..200).map(|page| format!("{}/{page}", page % set)).collect()).collect();
    let sets: Vec<Vec<(&str, &str)>> = ["one", "two", "three", "four"]
        .iter()
        .zip(&paths)
        .map(|(words, paths)| paths.iter().map(|path| (path.as_str(), *words)).collect())
        .collect();
    std::thread::scope(|scope| {
        for set in &sets {
            scope.spawn(|| site.publish(set).unwrap());
        }
    });
    let found = snapshot(&site.output());
    assert!(sets.iter().any(|set| expected(set) == found), "{found:?}");
}

#[test]
fn one_thread_and_many_find_the_same() {
    let results = [1, 4].map(|threads| {
        let site = Site::new();
        site.put("p7", "strange");
        let mut pages: Vec<TestPage> = (0..50).map(|page| (format!("p{page}"), Ok(text("x")))).collect();
        pages.extend((0..30).map(|page| failing(&format!("f{page}"))));
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| publish_pages(&pages, &site.target())).unwrap_err()
    });
    assert_eq!(results[0].len(), 31);
    assert_eq!(results[0], results[1]);
}
