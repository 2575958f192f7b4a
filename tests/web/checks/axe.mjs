// axe-core on every page of every site, in light and in dark: no violation of any rule it has on by default.

import axe from "axe-core";
import { inTabs, visit } from "../browser.mjs";
import { readable } from "../sites.mjs";

const SCHEMES = ["light", "dark"];

export async function run({ sites, result, web }) {
    const cases = sites.flatMap((site) =>
        readable(site).flatMap((page) => SCHEMES.map((scheme) => ({ site, page, scheme }))));
    await inTabs(cases, result, async ({ site, page, scheme }) => {
        const violations = await visit(web, site, page, { scheme }, async (tab) => {
            await tab.evaluate(axe.source);
            return tab.evaluate(async () => (await axe.run({ resultTypes: ["violations"] })).violations);
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
