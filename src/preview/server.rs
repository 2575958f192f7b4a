//! The server: what is answered to whom.
//!
//! An address is looked up in the plan of the site; what is not planned is not there. The preview's own addresses lie
//! below `/__dateline/`.

use super::client;
use super::gate::{self, Hosts};
use super::print::{Print, hex};
use super::response::{Content, Data, HTML, media_type, plain, redirect, send};
use super::stand::{Copy, Edition, Stand};
use super::status::status;
use super::view::{Found, OLD, OWN, Settings, UNMADE, View};
use crate::output::path_of;
use crate::source;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use serde_json::json;
use std::convert::Infallible;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::time::timeout;

/// How soon a browser tries again to hear of news when the server went away.
const RETRY: Duration = Duration::from_millis(500);
/// How long a page that was just edited is waited for, until the edit has been read.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long it may take to hear of a change that has been made.
const HEARING: Duration = Duration::from_millis(15);
/// A file up to this size is read before it is sent; one of HTML becomes a page that follows along.
const LARGEST_PAGE: u64 = 8 << 20;

/// What the server answers from.
pub(super) struct House {
    pub stand: Arc<Stand>,
    pub settings: Settings,
    pub hosts: Hosts,
}

/// The service that answers every request.
pub(super) fn service(house: Arc<House>) -> Router {
    Router::new().fallback(answer).with_state(house)
}

async fn answer(State(house): State<Arc<House>>, request: Request) -> Response<Body> {
    let (request, _) = request.into_parts();
    let path = match gate::admit(&request, &house.hosts) {
        Ok(path) => path,
        Err(refusal) => return plain(refusal.status, &refusal.why),
    };
    let text = |media_type: &str, text: &'static str| {
        let data = Data::Bytes(Bytes::from_static(text.as_bytes()));
        send(&request, Content { status: StatusCode::OK, media_type: media_type.to_owned(), data })
    };
    match path.strip_prefix(OWN) {
        Some("events") => events(house),
        Some("status") => {
            let query = request.uri.query().unwrap_or_default().to_owned();
            let status = blocking(&house, move |house| {
                status(&house.stand, &house.settings, &house.stand.edition(), &query)
            });
            let Some(json) = status.await.and_then(|status| serde_json::to_vec(&status).ok()) else {
                return plain(StatusCode::INTERNAL_SERVER_ERROR, "nothing could be said; this is a bug");
            };
            let data = Data::Bytes(json.into());
            send(
                &request,
                Content { status: StatusCode::OK, media_type: "application/json".to_owned(), data },
            )
        }
        Some("client.js") => text(&media_type("client.js"), client::SCRIPT),
        Some("client.css") => text(&media_type("client.css"), client::STYLE),
        Some(_) => plain(StatusCode::NOT_FOUND, "the preview has nothing at this address"),
        None => page(&house, &request, path).await,
    }
}

/// Tells of every edition once it can be fetched, and when something is found in one.
fn events(house: Arc<House>) -> Response<Body> {
    let editions = house.stand.subscribe();
    // With the number of the edition that was told last; there is none before the first event.
    let events = stream::unfold((editions, None), move |(mut editions, told)| {
        let boot = house.stand.boot.clone();
        async move {
            if told.is_some() {
                editions.changed().await.ok()?;
            }
            let (number, follow) = {
                let edition = editions.borrow_and_update();
                // Who comes later, or hears of the same edition again, is not taken anywhere.
                let is_new = told.is_some_and(|told| told < edition.number);
                (edition.number, edition.follow.clone().filter(|_| is_new))
            };
            let data = json!({ "edition": format!("{boot}.{number}"), "follow": follow });
            let event = Event::default().event("edition").retry(RETRY).data(data.to_string());
            Some((Ok::<_, Infallible>(event), (editions, Some(number))))
        }
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

/// What becomes of a request for a page.
enum Answer {
    Content(Content),
    Redirect(String),
    /// Another edition is on its way, which will have it.
    Later,
    Refused(&'static str),
}

/// Answers a request for an address of the site. A page that is being changed is waited for, and so is the first
/// edition.
async fn page(house: &Arc<House>, request: &Parts, path: String) -> Response<Body> {
    let mut editions = house.stand.subscribe();
    let query = request.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut patient = true;
    loop {
        let edition = editions.borrow_and_update().clone();
        let number = edition.number;
        let answer = if number == 0 {
            Some(Answer::Later)
        } else {
            let path = path.clone();
            blocking(house, move |house| look_up(house, &edition, &path, patient)).await
        };
        match answer {
            Some(Answer::Content(content)) => return send(request, content),
            Some(Answer::Redirect(to)) => return redirect(&format!("{to}{query}")),
            Some(Answer::Refused(why)) => return plain(StatusCode::FORBIDDEN, why),
            Some(Answer::Later) if number == 0 => {
                if editions.changed().await.is_err() {
                    return plain(StatusCode::SERVICE_UNAVAILABLE, "the preview is ending");
                }
            }
            Some(Answer::Later) => {
                let newer = timeout(PATIENCE, editions.wait_for(|edition| edition.number > number)).await;
                patient = newer.is_ok();
            }
            None => {
                return plain(StatusCode::INTERNAL_SERVER_ERROR, "the page could not be made; this is a bug");
            }
        }
    }
}

/// Runs what takes longer than a moment where it holds up nobody. `None` where it panicked.
async fn blocking<T: Send + 'static>(
    house: &Arc<House>,
    work: impl FnOnce(&House) -> T + Send + 'static,
) -> Option<T> {
    let house = house.clone();
    let done = tokio::task::spawn_blocking(move || {
        let _visit = house.stand.traffic.visit();
        work(&house)
    });
    done.await.ok()
}

/// Finds what is published at an address from the host's root, which is decoded. Where `patient`, a page whose file has
/// changed since is left to the next edition.
fn look_up(house: &House, edition: &Edition, path: &str, patient: bool) -> Answer {
    let Some((_, print)) = &edition.print else { return nothing_yet(house, edition, path) };
    let base = &print.site().config.base;
    let Some(address) = base.address_at(path) else {
        let home = path == "/" || base.address_at(&format!("{path}/")).is_some_and(|address| address == "/");
        return if home {
            Answer::Redirect(base.path().to_owned())
        } else {
            not_found(house, edition, print, path)
        };
    };
    if let Some(place) = print.plan().place(&path_of(&address)) {
        return planned(house, edition, place, &address, StatusCode::OK, patient);
    }
    let folder = format!("{address}/");
    if !address.ends_with('/') && print.plan().find(&path_of(&folder)).is_some() {
        return Answer::Redirect(base.path_to(&folder));
    }
    not_found(house, edition, print, &address)
}

/// The site's own page for what is not there.
fn not_found(house: &House, edition: &Edition, print: &Print, address: &str) -> Answer {
    match print.plan().place("404.html") {
        Some(place) => planned(house, edition, place, address, StatusCode::NOT_FOUND, false),
        None => {
            let view = view(house, edition, address, Found::Nothing);
            bare(&view, StatusCode::NOT_FOUND, "Nothing is published here")
        }
    }
}

/// The page at a place of the plan, as a visitor of `address` gets it.
fn planned(
    house: &House,
    edition: &Edition,
    place: usize,
    address: &str,
    status: StatusCode,
    patient: bool,
) -> Answer {
    let Some(print) = &edition.print else { return nothing_yet(house, edition, address) };
    let path = print.1.page(place).path.clone();
    let media_type = media_type(&path);
    // What is shown of the page for a missing one is about the address that was asked for, and not about that page.
    let found = if status == StatusCode::OK { Found::Page(place) } else { Found::Nothing };
    let view = view(house, edition, address, found);
    let sent = |bytes: Bytes, key: String| {
        let data = if media_type == HTML {
            let suffix = view.suffix(&bytes, &key);
            Data::Bytes([&bytes[..], suffix.as_bytes()].concat().into())
        } else {
            Data::Bytes(bytes)
        };
        Answer::Content(Content { status, media_type: media_type.clone(), data })
    };
    match house.stand.copy(print, place) {
        Copy::Bytes(bytes, key) => sent(bytes, hex(&key)),
        Copy::Old(bytes) => sent(bytes, OLD.to_owned()),
        Copy::Outdated if patient && (edition.errors().is_empty() || house.stand.traffic.is_changing()) => {
            Answer::Later
        }
        Copy::Outdated | Copy::None => match house.stand.last_copy(&path) {
            Some(bytes) => sent(bytes, OLD.to_owned()),
            None if media_type == HTML => {
                let why = "This page cannot be shown until the errors are mended";
                let view = View { found: Found::Unmade(place), ..view };
                bare(&view, StatusCode::SERVICE_UNAVAILABLE, why)
            }
            None => Answer::Content(Content {
                status: StatusCode::SERVICE_UNAVAILABLE,
                media_type: "text/plain; charset=utf-8".to_owned(),
                data: Data::Bytes(Bytes::from_static(
                    b"this file cannot be made until the errors are mended\n",
                )),
            }),
        },
        Copy::File(file) => match open(house, &file, patient) {
            Ok(Data::Bytes(bytes)) if patient && is_passing(house, edition, place, &bytes) => Answer::Later,
            Ok(Data::Bytes(bytes)) => sent(bytes, String::new()),
            Ok(data) => Answer::Content(Content { status, media_type, data }),
            Err(ErrorKind::PermissionDenied) => {
                Answer::Refused("a link leads out of the site's folder, and the preview does not follow it")
            }
            Err(_) if patient => Answer::Later,
            Err(_) => Answer::Refused("the file is no longer there, or may not be read"),
        },
    }
}

/// A file that is copied: its bytes, so that they are of one moment, unless it is large. Where `patient`, one that may be in
/// the midst of being written is waited for.
fn open(house: &House, file: &Path, patient: bool) -> Result<Data, ErrorKind> {
    if patient {
        house.stand.traffic.wait_until_followed(PATIENCE);
    }
    let root = Path::new(&house.settings.root);
    let opened = source::open_inside(root, file).map_err(|error| error.kind())?;
    let size = opened.metadata().map_err(|error| error.kind())?.len();
    if size > LARGEST_PAGE {
        return Ok(Data::File(opened));
    }
    source::read_open(opened).map(|bytes| Data::Bytes(bytes.into())).map_err(|error| error.kind())
}

/// Whether bytes of a file that is copied are of a passing moment, which another edition will put right: an editor has
/// emptied the file, and that is only just heard of; or a style sheet is no longer what its address says.
fn is_passing(house: &House, edition: &Edition, place: usize, bytes: &[u8]) -> bool {
    let is_emptied = bytes.is_empty() && {
        thread::sleep(HEARING);
        house.stand.traffic.is_changing() || house.stand.edition().number > edition.number
    };
    let print = edition.print.as_ref().filter(|_| edition.errors().is_empty());
    is_emptied || print.is_some_and(|(_, print)| !print.is_of(place, bytes))
}

/// There is no site without an error yet: every address shows what is wrong.
fn nothing_yet(house: &House, edition: &Edition, address: &str) -> Answer {
    let why = "The site cannot be shown until the errors are mended";
    bare(&view(house, edition, address, Found::Nothing), StatusCode::SERVICE_UNAVAILABLE, why)
}

fn view<'a>(house: &'a House, edition: &'a Edition, address: &'a str, found: Found) -> View<'a> {
    View { stand: &house.stand, settings: &house.settings, edition, address, found }
}

/// A page of one sentence, under the overlay.
fn bare(view: &View<'_>, status: StatusCode, sentence: &str) -> Answer {
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{sentence}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <style>:root{{color-scheme:light dark}}body{{font:16px/1.5 system-ui,sans-serif;max-width:36em;\
         margin:20vh auto;padding:0 1em}}</style>\n</head>\n<body>\n<p>{sentence}.</p>\n</body>\n</html>\n"
    );
    let suffix = view.suffix(page.as_bytes(), UNMADE);
    let data = Data::Bytes(format!("{page}{suffix}").into());
    Answer::Content(Content { status, media_type: HTML.to_owned(), data })
}
