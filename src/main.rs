//! Exit code only.
use dateline::{pipeline, render::Body, site::Visibility};
use rayon::prelude::*;
fn main() {
    let mut d = Vec::new();
    let t = std::time::Instant::now();
    let root = std::env::args().nth(1).unwrap_or(".".into());
    let out = std::path::PathBuf::from(std::env::args().nth(2).unwrap_or("/tmp/out".into()));
    let r = pipeline::prepare(
        &pipeline::Request {
            root: root.into(),
            overrides: Default::default(),
            visibility: Visibility::default(),
            now: chrono::Utc::now(),
        },
        &mut d,
    );
    eprintln!("prepared {:?}", t.elapsed());
    let Some(r) = r else {
        eprintln!("{d:#?}");
        return;
    };
    let found: Vec<_> = r
        .plan()
        .pages
        .par_iter()
        .flat_map(|p| {
            let x = r.render(p);
            if std::env::args().nth(3).is_none() {
                let path = out.join(&*p.path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                match x.body {
                    Some(Body::Bytes(b)) => std::fs::write(path, b).unwrap(),
                    Some(Body::Static(b)) => std::fs::write(path, b).unwrap(),
                    Some(Body::File(f)) => {
                        std::fs::copy(f, path).unwrap();
                    }
                    None => {}
                }
            }
            x.diagnostics
        })
        .collect();
    d.extend(found);
    eprintln!("{} pages rendered {:?}", r.plan().pages.len(), t.elapsed());
    for x in d.iter().take(20) {
        eprintln!("{} {:?} {:?} {:?} {:?} {:?}", x.code, x.message, x.file, x.location, x.help, x.notes);
    }
}
