// axe-core on every page of every site: no violation of any rule it has on by default in light, nor of those about colours in
// dark, where nothing but colours is different.

import axe from "axe-core";
import { inTabs, visit } from "../browser.mjs";
import { readable } from "../sites.mjs";

const COLOURS = ["color-contrast", "link-in-text-block"];
const SCHEMES = { light: {}, dark: { runOnly: COLOURS } };

export async function run({ sites, result, web }) {
    const cases = sites.flatMap((site) =>
        readable(site).flatMap((page) => Object.keys(SCHEMES).map((scheme) => ({ site, page, scheme }))));
    await inTabs(cases, result, async ({ site, page, scheme }) => {
        const violations = await visit(web, site, page, { scheme }, async (tab) => {
            await tab.evaluate(axe.source);
            const options = { resultTypes: ["violations"], ...SCHEMES[scheme] };
            return tab.evaluate(async (options) => (await axe.run(options)).violations, options);
        });
        result.add({ site: site.name, page: page.path, setting: scheme }, violations.flatMap(describe));
    });
}

const describe = (violation) =>
    violation.nodes.map((node) => ({
        kind: `${violation.id} (${violation.help})`,
        selector: node.target.flat().join(" "),
        what: node.failureSummary.split("\n").slice(1).map((line) => line.trim()).join(" "),
    }));
