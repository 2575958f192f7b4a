// Empty shells on every page of every site: boxes with nothing in them, separators beside nothing, headings above
// nothing. They come of templates that write the frame of a field an article does not have.

import { readFile } from "node:fs/promises";
import { inTabs, visit } from "../browser.mjs";
import { readable } from "../sites.mjs";

const IN_PAGE = await readFile(new URL("../in-page.js", import.meta.url), "utf8");

export async function run({ sites, result, web }) {
    const cases = sites.flatMap((site) => readable(site).map((page) => ({ site, page })));
    await inTabs(cases, result, async ({ site, page }) => {
        const problems = await visit(web, site, page, {}, async (tab) => {
            await tab.evaluate(IN_PAGE);
            return tab.evaluate(() => datelineTests.shells());
        });
        result.add({ site: site.name, page: page.path }, problems);
    });
}
