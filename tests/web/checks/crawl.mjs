// The sample and a new site, served as a plain host serves them, below a path and at a root: every page and file that
// can be reached from the front page, from feeds and from sitemaps, is there. Or, where the options name one, a site that
// has been built already, for the address that it will be published at.

import { crawl } from "../crawl.mjs";
import { buildPlacedSites, placeSite } from "../sites.mjs";

export async function run({ result, web, temp, servers, folder, published }) {
    const sites = folder ? [await placeSite(folder, published, servers)] : await buildPlacedSites(temp, servers);
    for (const site of sites) await crawl(web, site, result);
}
