//! What is kept between builds is memory, not truth: damaged in any way, it costs time, and never an error or a wrong byte.

mod common;

use common::dice::Dice;
use common::files;
use common::newsroom::folder::{Folder, Style, clean, hold_same};
use common::newsroom::{Newsroom, edits};
use std::fs;

/// A way to damage a file, by its name.
type Damage = (&'static str, fn(&[u8]) -> Vec<u8>);

const DAMAGES: [Damage; 9] = [
    ("emptied", |_| Vec::new()),
    ("cut in the middle", |bytes| bytes[..bytes.len() / 2].to_vec()),
    ("cut at the end", |bytes| bytes[..bytes.len() - 1].to_vec()),
    ("longer", |bytes| [bytes, b"more"].concat()),
    ("a bit in the middle", |bytes| flipped(bytes, bytes.len() / 2)),
    ("a bit at the end", |bytes| flipped(bytes, bytes.len() - 1)),
    ("a bit at the beginning", |bytes| flipped(bytes, 0)),
    ("of another version", of_another_version),
    ("another file", |_| b"\x7fELF and what follows\n".repeat(100)),
];

fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at] ^= 4;
    bytes
}

/// The number at the end of its first line is another, where a record has one.
fn of_another_version(bytes: &[u8]) -> Vec<u8> {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let mut bytes = bytes.to_vec();
    if let Some(digit) = bytes[..end].last_mut() {
        *digit = if *digit == b'9' { b'8' } else { b'9' };
    }
    bytes
}

#[test]
fn damaged_records_are_no_records() {
    let mut dice = Dice(0xDA3A_2021_1203);
    let one = Newsroom::with(20, &mut dice);
    let mut other = one.clone();
    for (name, edit) in edits() {
        if ["text", "first paragraph", "title", "newest", "rename", "style"].contains(&name) {
            edit(&mut other, &mut dice);
        }
    }
    let editions = [(&one, clean(&one)), (&other, clean(&other))];
    assert!(editions.iter().all(|(_, built)| built.status == Some(0)), "{}", editions[1].1.problems);
    let mut folder = Folder::new();
    folder.hold(one.files(), || Style::InPlace);
    assert_eq!(folder.build(&one, 2).status, Some(0));
    let records = folder.site.path().join(".dateline");
    let mut damaged = 0;
    for (round, (damage, spoil)) in DAMAGES.into_iter().enumerate() {
        let names: Vec<String> = files(&records).into_keys().collect();
        // One of each kind, whatever kinds there are, and one or two of those that a store holds many of.
        let stored = names.iter().filter(|name| name.starts_with("store/")).take(2);
        let others = names.iter().filter(|name| !name.starts_with("store/") && !name.ends_with("lock"));
        assert!(names.iter().any(|name| name.ends_with("/manifest")), "{names:?}");
        for name in others.chain(stored) {
            let path = records.join(name);
            let Ok(bytes) = fs::read(&path) else { continue };
            if bytes.is_empty() {
                continue;
            }
            fs::write(&path, spoil(&bytes)).expect("it can be written");
            damaged += 1;
            // What is not there must be made, from what the records hold; what is there may be taken for right.
            let gone = (round + damaged) % 2 == 0;
            if gone {
                fs::remove_dir_all(folder.site.path().join("public")).expect("it can be removed");
            }
            // A manifest that is damaged makes all files strange: then only what is the same is taken over.
            let same = name.ends_with("/manifest") && !gone;
            let (room, expected) = &editions[usize::from(!same && damaged % 3 == 0)];
            let what = format!("{name}, {damage}");
            if !same {
                folder.hold(room.files(), || Style::InPlace);
            }
            let built = folder.build(room, 2);
            assert_eq!(
                (built.status, &built.problems),
                (Some(0), &expected.problems),
                "{what}: {}",
                built.said
            );
            hold_same(&built.output, &expected.output, &what);
            // All is well again before the next file is damaged.
            folder.hold(one.files(), || Style::InPlace);
            let again = folder.build(&one, 2);
            assert_eq!((again.status, &again.problems), (Some(0), &editions[0].1.problems), "{what}");
            hold_same(&again.output, &editions[0].1.output, &what);
        }
    }
    assert!(damaged >= 3 * DAMAGES.len(), "only {damaged} files were damaged");
}
