//! A disk that is full: under the output, or under `.dateline/`. A build then says which file could not be written and
//! what to do, leaves the output as it was, and once there is room does what it would have done.
//!
//! The small disk is a tmpfs. Where this user, or root, may mount one, that happens in a namespace of its own, in which
//! the test runs itself again. Where nobody may, as in a plain container, `/dev/shm` serves, which is small there. Where
//! that is large too the test fails, and says what it lacks.

#![cfg(target_os = "linux")]

mod common;

use common::dice::Dice;
use common::newsroom::folder::{Built, Folder, Style, clean, hold_same};
use common::newsroom::{Newsroom, edits};
use common::{Site, files};
use std::env;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the test finds the small disk when it runs itself again.
const DISK: &str = "DATELINE_TEST_DISK";

/// Room on a disk that was mounted for this, and the most of a disk that would be filled for it, in bytes.
const SIZE: u64 = 24 << 20;
const MOST: u64 = 160 << 20;

#[test]
fn a_full_disk_is_said_and_changes_nothing() {
    // It runs itself again where the disk is mounted.
    if let Some(disk) = env::var_os(DISK) {
        return on(Path::new(&disk));
    }
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut tried = Vec::new();
    let ways: [&[&str]; 3] = [
        &["unshare", "--map-root-user", "--mount"],
        &["unshare", "--mount"],
        &["sudo", "-n", "unshare", "--mount"],
    ];
    for namespaces in ways {
        let script =
            format!("mount -t tmpfs -o size={SIZE} dateline {} && exec \"$@\"", folder.path().display());
        let run = |arguments: &[&str]| {
            let mut command = Command::new(namespaces[0]);
            command.args(&namespaces[1..]).args(["env", &format!("{DISK}={}", folder.path().display())]);
            command.args(["sh", "-c", &script, "sh"]).args(arguments);
            command.output()
        };
        match run(&["true"]) {
            Ok(output) if output.status.success() => {}
            failed => {
                tried.push(format!("{}: {failed:?}", namespaces.join(" ")));
                continue;
            }
        }
        let own = env::current_exe().expect("it is running");
        let own = own.to_str().expect("its path is text");
        let arguments = [own, "a_full_disk_is_said_and_changes_nothing", "--exact", "--nocapture"];
        let output = run(&arguments).expect("it ran before");
        print!("full_disk: mounted with {}\n{}", namespaces.join(" "), common::stdout(&output));
        assert!(output.status.success(), "{}\n{}", common::stdout(&output), common::stderr(&output));
        return;
    }
    let shared = Path::new("/dev/shm");
    let free = free(shared);
    assert!(
        free.is_some_and(|free| (SIZE / 2..MOST).contains(&free)),
        "THIS TEST DID NOT RUN. It needs a small disk: a tmpfs that this user may mount (`unshare --map-root-user \
         --mount`, or that with `sudo -n`), or a /dev/shm with less than {} MiB. /dev/shm has {free:?} bytes. {tried:#?}",
        MOST >> 20
    );
    println!("full_disk: nobody may mount here, /dev/shm is filled instead: {tried:#?}");
    on(shared);
}

fn on(disk: &Path) {
    let mut dice = Dice(0xD15C_2021_1203);
    let before = Newsroom::with(34, &mut dice);
    let after = changed(&before, &mut dice);
    let (old, new) = (clean(&before), clean(&after));
    assert_eq!((old.status, new.status), (Some(0), Some(0)), "{}{}", old.problems, new.problems);
    let whole: &[u64] =
        &[0, 4, 8, 12, 16, 20, 24, 32, 48, 64, 96, 128, 256, 512, 1024, 2048, 3072, 4096, 8192];
    let rooms = if env::var_os("DATELINE_PROVE").is_some() { whole } else { &[0, 4, 16, 1024, 8192] };
    for place in [Place::Output, Place::Records, Place::Both] {
        let (mut failed, mut done) = (0, 0);
        for room in rooms {
            let what = format!("{place:?}, {room} KiB free");
            match full(disk, place, *room << 10, [&before, &after], [&old, &new], &what) {
                Some(0) => done += 1,
                _ => failed += 1,
            }
        }
        println!("full_disk: {place:?} on it: {failed} builds failed and changed nothing, {done} had room");
        assert!(failed > 0 && done > 0, "{place:?}: {failed} failed, {done} did not");
        first(disk, place, &before, &old);
    }
}

/// What lies on the small disk.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Output,
    Records,
    Both,
}

/// A folder for a site, and the folder to build it into, as far as they shall be on the small disk.
fn lay_out(disk: &Path, place: Place) -> (Folder, tempfile::TempDir) {
    let beside = tempfile::tempdir().expect("a temporary folder can be made");
    let on_disk = || tempfile::tempdir_in(disk).expect("it has room");
    match place {
        Place::Output => (Folder::new(), on_disk()),
        Place::Records => (Folder::within(Site::within(on_disk())), beside),
        Place::Both => (Folder::within(Site::within(on_disk())), on_disk()),
    }
}

/// A build after an edit, with so much room. Its exit status.
fn full(
    disk: &Path,
    place: Place,
    room: u64,
    [before, after]: [&Newsroom; 2],
    [old, new]: [&Built; 2],
    what: &str,
) -> Option<i32> {
    let (mut folder, output) = lay_out(disk, place);
    let into = |newsroom: &Newsroom| into(newsroom, output.path());
    folder.hold(before.files(), || Style::InPlace);
    let first = folder.build(&into(before), 2);
    assert_eq!(first.status, Some(0), "{what}: there is room for the first: {}", first.problems);
    folder.hold(after.files(), || Style::InPlace);

    let filler = Filler::leaving(disk, room);
    let built = folder.build(&into(after), 2);
    if built.status == Some(0) {
        hold_same(&built.output, &new.output, what);
    } else {
        hold_said(&built, place, what);
        hold_same(&built.output, &old.output, what);
        assert!(folder.unfinished().is_empty(), "{what}: left behind: {:?}", folder.unfinished());
    }
    drop(filler);

    let next = folder.build(&into(after), 2);
    assert_eq!(next.status, Some(0), "{what}: {}", next.problems);
    hold_same(&next.output, &new.output, what);
    built.status
}

/// The very first build on a full disk leaves nothing but what has to be there for builds to be told apart.
fn first(disk: &Path, place: Place, newsroom: &Newsroom, expected: &Built) {
    let what = format!("{place:?}, the first build");
    let (mut folder, output) = lay_out(disk, place);
    let newsroom = into(newsroom, &output.path().join("deep/public"));
    folder.hold(newsroom.files(), || Style::InPlace);
    let filler = Filler::leaving(disk, 0);
    let built = folder.build(&newsroom, 2);
    hold_said(&built, place, &what);
    assert!(!output.path().join("deep").exists(), "{what}: {:?}", files(output.path()).keys());
    drop(filler);
    let next = folder.build(&newsroom, 2);
    assert_eq!(next.status, Some(0), "{what}: {}", next.problems);
    hold_same(&next.output, &expected.output, &what);
}

/// What was said names a file, the cause and a way out, once for each problem.
fn hold_said(built: &Built, place: Place, what: &str) {
    assert_eq!(built.status, Some(1), "{what}: {}", built.problems);
    let problems = built.problems.lines().map(serde_json::from_str::<serde_json::Value>);
    let problems: Vec<_> = problems.map(|problem| problem.expect("a line is an object")).collect();
    let errors: Vec<_> = problems.iter().filter(|problem| problem["severity"] == "error").collect();
    assert!(!errors.is_empty(), "{what}: {}", built.problems);
    for error in errors {
        let text = |key: &str| error[key].as_str().unwrap_or_default();
        assert_eq!(text("code"), "write-failed", "{what}: {error}");
        assert!(text("message").ends_with("the disk is full"), "{what}: {error}");
        assert_eq!(text("help"), "free some space on that disk", "{what}: {error}");
        let records = text("file").starts_with(".dateline");
        let right = match place {
            Place::Output => !records,
            Place::Records => records,
            Place::Both => true,
        };
        assert!(!text("file").is_empty() && right, "{what}: {error}");
    }
}

/// The newsroom, built into a folder.
fn into(newsroom: &Newsroom, output: &Path) -> Newsroom {
    let mut newsroom = newsroom.clone();
    newsroom.order.output = String::leak(output.to_str().expect("its path is text").to_owned());
    newsroom
}

/// Another title, so that every page is another, and some files that were not there, pictures among them.
fn changed(before: &Newsroom, dice: &mut Dice) -> Newsroom {
    let mut after = before.clone();
    after.settings.insert("title", "\"Another title\"".to_owned());
    for (name, edit) in edits() {
        for _ in 0..if ["newest", "picture", "bundle", "delete", "rename"].contains(&name) { 5 } else { 0 } {
            edit(&mut after, dice);
        }
    }
    after
}

/// A file that leaves no more than some room on a disk, until it is dropped.
struct Filler(PathBuf);

impl Filler {
    fn leaving(disk: &Path, room: u64) -> Self {
        let filler = Self(disk.join("filler"));
        let mut file = File::create(&filler.0).expect("it can be made");
        let zeros = vec![0; 64 << 10];
        let mut size = 0;
        // Whatever the size of a block is: in smaller and smaller parts, until not even a byte has room.
        for part in [zeros.len(), 4096, 1] {
            while let Ok(written) = file.write(&zeros[..part]) {
                size += written as u64;
                assert!(size < 2 * MOST, "{} is not small", disk.display());
            }
        }
        file.set_len(size.saturating_sub(room)).expect("it can be cut");
        filler
    }
}

impl Drop for Filler {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// How many bytes are free on a disk.
fn free(disk: &Path) -> Option<u64> {
    let output = Command::new("df").args(["--output=avail", "-B1"]).arg(disk).output().ok()?;
    common::stdout(&output).lines().nth(1)?.trim().parse().ok()
}
