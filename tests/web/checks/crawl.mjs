// The sample and a new site, served as a plain host serves them, below a path and at a root: every page and file that
// can be reached from the front page, from feeds and from sitemaps, is there.

import { crawl } from "../crawl.mjs";
import { buildPlacedSites } from "../sites.mjs";

export async function run({ result, web, temp, servers }) {
    for (const site of await buildPlacedSites(temp, servers)) await crawl(web, site, result);
}
