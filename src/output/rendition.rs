//! A picture in one of the widths it is offered in, published beside the picture itself.

use super::desk::Desk;
use super::published;
use super::recipe::{Kind, Made, Page, Planner};
use super::subject::Subject;
use crate::picture::rendition_path;
use crate::site::{Origin, Site};

pub(super) static KIND: Kind = Kind { name: "rendition", plan, make, yields: false, listed: false };

fn plan(site: &Site, planner: &mut Planner) {
    // Renditions lie beside what they are made of, so they follow from what is planned by now.
    let offered = |page: &Page| {
        let picture = site.pictures.get(published::file(site, page.subject)?)?;
        (!picture.widths.is_empty()).then(|| (page.path.clone(), page.subject, &picture.widths))
    };
    let offered: Vec<(Box<str>, Subject, _)> = planner.pages().iter().filter_map(offered).collect();
    for (path, subject, widths) in offered {
        for width in widths {
            planner.add(&rendition_path(&path, *width), subject, *width);
        }
    }
}

fn make(page: &Page, desk: &dyn Desk) -> Made {
    match desk.file(page.subject) {
        Some(Origin::File(file)) => Made::Rendition { file, width: page.part },
        Some(Origin::BuiltIn(_)) | None => Made::Failed,
    }
}
