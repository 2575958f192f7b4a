//! `fit_text(…)`: sets a text in lines by the measure of the fonts that cards are drawn with. What a card looks like is then
//! the business of its template alone.

use super::arguments::known;
use super::drawing::TextBox;
use super::questions::Questions;
use tera::{Error, Kwargs, Map, TeraResult, Value};

/// `fit_text(text=article.title, width=1040, height=360, leading=1.2, sizes=[80, 64, 48], weight="bold", direction="rtl")`.
pub(super) fn fit_text(questions: &Questions, arguments: &Kwargs) -> TeraResult<Value> {
    known("fit_text", arguments, &ARGUMENTS)?;
    let positive = |name: &str, number: f64| {
        let message = || Error::message(format!("'{name}' is {number}\nwrite a number above 0"));
        (number.is_finite() && number > 0.0).then_some(number).ok_or_else(message)
    };
    let sizes: Vec<f64> = arguments.must_get("sizes")?;
    if sizes.is_empty() {
        return Err(Error::message(
            "'sizes' is empty\nwrite the sizes to choose from, such as sizes=[72, 48]",
        ));
    }
    let height: Option<f64> = arguments.get("height")?;
    // One line is what a text gets that nothing is said of.
    let lines = arguments.get::<u64>("lines")?.unwrap_or(if height.is_some() { u64::MAX } else { 1 });
    let text = TextBox {
        text: arguments.must_get("text")?,
        width: positive("width", arguments.must_get("width")?)?,
        sizes: sizes.into_iter().map(|size| positive("sizes", size)).collect::<Result<_, _>>()?,
        lines: usize::try_from(lines.max(1)).unwrap_or(usize::MAX),
        height: height.map_or(Ok(f64::INFINITY), |height| positive("height", height))?,
        leading: positive("leading", arguments.get("leading")?.unwrap_or(1.2))?,
        family: arguments.get("family")?.unwrap_or("serif"),
        bold: word(arguments, "weight", ["normal", "bold"])?,
        rtl: word(arguments, "direction", ["ltr", "rtl"])?,
    };
    let fitted = questions.studio.fit(&text).map_err(Error::message)?;
    let fields: [(&'static str, Value); 4] = [
        ("lines", fitted.lines.into_iter().map(Value::from).collect::<Vec<_>>().into()),
        ("size", number(fitted.size)),
        ("width", number(fitted.width.ceil())),
        ("font", fitted.family.into()),
    ];
    Ok(Value::from(fields.into_iter().map(|(key, value)| (key.into(), value)).collect::<Map>()))
}

const ARGUMENTS: [&str; 9] =
    ["text", "width", "height", "leading", "sizes", "lines", "family", "weight", "direction"];

/// Whether the second of two words is given; the first is what goes without saying.
fn word(arguments: &Kwargs, name: &str, words: [&str; 2]) -> TeraResult<bool> {
    match arguments.get::<&str>(name)? {
        None => Ok(false),
        Some(given) if words.contains(&given) => Ok(given == words[1]),
        Some(given) => Err(Error::message(format!(
            "'{given}' is no choice for '{name}'\nthe choices are {}",
            words.join(", ")
        ))),
    }
}

/// A whole number as templates write one.
fn number(value: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "only where nothing is lost")]
    let whole = value as i64;
    #[expect(clippy::cast_precision_loss, reason = "this is what is asked")]
    let is_whole = whole as f64 == value;
    if is_whole { whole.into() } else { value.into() }
}
