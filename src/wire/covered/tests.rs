//! What is a repeat, and what is none.

use super::*;

/// A text of some words, which are its own wherever it begins with another number.
fn text(words: std::ops::Range<usize>) -> String {
    words.map(|number| format!("word{} ", number * number)).collect()
}

fn own(text: &str) -> Texts {
    Texts { own: text.to_owned(), source: None }
}

fn wire(text: &str) -> Texts {
    Texts { own: String::new(), source: Some(text.to_owned()) }
}

fn index(all: &[Texts]) -> Covered {
    Covered::new(all.len() as u32, |place| Story::new(None, [], &all[place as usize]))
}

fn of(stories: Vec<Story>) -> Covered {
    Covered::new(stories.len() as u32, |place| stories[place as usize].clone())
}

fn asked(all: &[Texts], new: &Texts) -> Vec<(u32, How)> {
    let found = index(all).ask(&Story::new(None, [], new), new, |place| all.get(place as usize).cloned());
    found.into_iter().map(|repeat| (repeat.article, repeat.how)).collect()
}

fn repeats(all: &[Texts]) -> Vec<(u32, u32, How)> {
    let found = index(all).repeats(|place| all.get(place as usize).cloned());
    found.into_iter().map(|(newer, repeat)| (newer, repeat.article, repeat.how)).collect()
}

#[test]
fn a_shortened_and_a_lengthened_copy_are_repeats_and_a_related_text_is_none() {
    let story = text(0..400);
    let others: Vec<Texts> = (10..200).map(|number| own(&text(number * 1000..number * 1000 + 400))).collect();
    let mut all = others.clone();
    all.push(own(&story));
    let run = others.len() as u32;
    assert_eq!(asked(&all, &wire(&text(100..200))), [(run, How::Text(100))]);
    assert_eq!(asked(&all, &wire(&(text(5000..6000) + &story))), [(run, How::Text(100))]);
    assert_eq!(asked(&all, &wire(&(text(0..150) + &text(7000..7250)))), []);
    let [(_, How::Text(percent))] = asked(&all, &wire(&(text(0..300) + &text(7000..7100))))[..] else {
        panic!("one is found")
    };
    assert!((70..76).contains(&percent), "{percent}");
}

#[test]
fn short_texts_are_found_whole_and_too_short_ones_are_no_evidence() {
    for length in [25, 30, 60, 120, 140] {
        let all: Vec<Texts> = (1..50).map(|n| own(&text(n * 500..n * 500 + length))).collect();
        for (place, texts) in (0..).zip(&all) {
            assert_eq!(asked(&all, texts), [(place, How::Text(100))], "{length}");
        }
    }
    let all = [own(&text(0..24)), own(&text(0..24))];
    assert_eq!((asked(&all, &all[0]), repeats(&all)), (vec![], vec![]));
}

#[test]
fn two_articles_in_words_of_their_own_are_told_by_what_they_were_made_from() {
    let both = |own: std::ops::Range<usize>, source: std::ops::Range<usize>| Texts {
        own: text(own),
        source: Some(text(source)),
    };
    let all = [both(0..200, 1000..1400), both(2000..2200, 3000..3400), both(4000..4200, 1040..1400)];
    assert_eq!(repeats(&all), [(2, 0, How::Wire(100))]);
    // Somebody prints the copy itself.
    let all = [both(0..200, 1000..1400), own(&text(1000..1400))];
    assert_eq!(repeats(&all), [(1, 0, How::Text(100))]);
    // What one article says and what it was made from may be one.
    assert_eq!(repeats(&[both(0..200, 0..200)]), []);
}

#[test]
fn what_very_many_have_is_boilerplate() {
    let furniture = text(90_000..90_100);
    let all: Vec<Texts> =
        (0..40).map(|number| own(&(text(number * 1000..number * 1000 + 60) + &furniture))).collect();
    assert_eq!(repeats(&all), []);
    assert_eq!(asked(&all, &wire(&(text(80_000..80_060) + &furniture))), []);
    assert_eq!(asked(&all, &wire(&furniture)), []);
    // A story is one beside it, too.
    let mut all = all;
    all.push(own(&(furniture + &text(3000..3060))));
    let [(40, 3, How::Text(percent))] = repeats(&all)[..] else { panic!("one is found") };
    assert!(percent >= 90, "{percent}");
}

#[test]
fn addresses_tell_for_certain_but_a_front_page_and_a_second_source_do_not() {
    let story = |principal: &str, other: &str| Story::new(Some(principal), [other], &Texts::default());
    let covered = of(vec![
        story("https://a.example/1", "https://a.example/data"),
        story("https://a.example/2", "https://a.example/data"),
        story("http://www.a.example/1/?utm_source=x", "https://a.example/3"),
        story("https://a.example/", "https://b.example/"),
        story("http://m.a.example", "https://b.example/"),
    ]);
    let found = covered.repeats(|_| None);
    assert_eq!(found, [(2, Repeat { article: 0, how: How::Address })]);
    let ask = |url: &str| {
        let found = covered.ask(&Story::new(Some(url), [], &Texts::default()), &Texts::default(), |_| None);
        found.into_iter().map(|repeat| repeat.article).collect::<Vec<_>>()
    };
    assert_eq!(ask("https://a.example/amp/1"), [0, 2]);
    assert_eq!(ask("https://a.example/data#:~:text=x"), [0, 1]);
    assert_eq!(ask("https://a.example/"), Vec::<u32>::new());
}

#[test]
fn an_address_goes_before_a_text_and_words_say_how() {
    let story = text(0..100);
    let all = [own(&story), own(&story), own(&text(0..80))];
    let new = |url| Story::new(Some(url), [], &all[0]);
    let covered =
        of(vec![new("https://a.example/1"), new("https://a.example/2"), new("https://a.example/3")]);
    let found = covered.ask(&new("https://a.example/2"), &all[0], |place| all.get(place as usize).cloned());
    let hows: Vec<_> = found.iter().map(|repeat| (repeat.article, repeat.how.words())).collect();
    let text = |share: u8| format!("{share} % the same text");
    assert_eq!(hows, [(1, "the same source address".to_owned()), (0, text(100)), (2, text(100))]);
    assert_eq!(How::Wire(92).words(), "92 % the same wire story");
}
