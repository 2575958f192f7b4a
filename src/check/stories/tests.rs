//! Which copy is whose.

use super::*;
use crate::config::Overrides;
use crate::date::Given;
use crate::pipeline::{self, Memory, Request};
use crate::site::Visibility;
use crate::stopwatch::Stopwatch;
use crate::wire::covered::How;
use std::path::Path;

fn memory(root: &Path) -> Memory {
    let mut memory = Memory::default();
    let request = Request {
        root: root.to_owned(),
        overrides: Overrides::default(),
        visibility: Visibility::default(),
        now: Given::parse("2021-12-03").unwrap(),
        stopwatch: Stopwatch::default(),
    };
    pipeline::prepare(&request, &mut memory, &mut Vec::new());
    memory
}

#[test]
fn a_copy_is_of_the_first_article_of_its_name_or_of_the_one_that_was_imported() {
    let site = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = site.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("site.toml", "base_url = \"https://a.example/\"\ntitle = \"T\"\n");
    for day in 24..=26 {
        let draft = if day == 26 { "draft = true\n" } else { "" };
        let path = format!("content/articles/2021-11-{day}-storm.md");
        write(&path, &format!("+++\ntitle = \"Storm\"\n{draft}+++\n\nIt is the {day}th.\n"));
    }
    let words: String = (0..100).map(|number| format!("word{number} ")).collect();
    let day = |day| chrono::NaiveDate::from_ymd_opt(2021, 11, day).unwrap();
    copies::keep(site.path(), "storm", day(24), true, &words).unwrap();
    copies::keep(site.path(), "storm", day(26), false, &format!("{words}and more")).unwrap();
    let memory = memory(site.path());
    let stories = Stories::new(memory.tree().unwrap(), memory.articles());
    let copies: Vec<bool> = (0..3).map(|place| stories.copy(place).is_some()).collect();
    assert_eq!((stories.articles().len(), copies), (3, vec![true, false, true]));
    let repeats = stories.index().repeats(|place| stories.texts(place));
    let found: Vec<_> = repeats.iter().map(|(newer, repeat)| (*newer, repeat.article, repeat.how)).collect();
    assert_eq!(found, [(2, 0, How::Wire(100))]);

    write(
        "content/articles/2021-11-25-storm.md",
        "+++\ntitle = \"Storm\"\noriginal_title = \"Storm\"\n+++\n\nIt is.\n",
    );
    let memory = self::memory(site.path());
    let stories = Stories::new(memory.tree().unwrap(), memory.articles());
    let copies: Vec<bool> = (0..3).map(|place| stories.copy(place).is_some()).collect();
    assert_eq!(copies, [false, true, true]);
}
