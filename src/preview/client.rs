//! The preview's script and style sheet, as a browser gets them.

/// The script. Its parts share one scope, and leave none of their names in the page.
pub(super) const SCRIPT: &str = concat!(
    "(() => {\n\"use strict\";\nif (!document.querySelector(\"dateline-preview\")) return;\n\n",
    include_str!("client/host.js"),
    include_str!("client/patch.js"),
    include_str!("client/match.js"),
    include_str!("client/assets.js"),
    include_str!("client/follow.js"),
    include_str!("client/panel.js"),
    include_str!("client/stream.js"),
    "})();\n",
);

/// The style sheet of the panel.
pub(super) const STYLE: &str = include_str!("client/panel.css");
