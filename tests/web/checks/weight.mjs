// What the front page and an article weigh, as they are and over the wire. The style sheets have a limit; the rest is
// printed, to be read.

import { visit } from "../browser.mjs";
import { readable } from "../sites.mjs";

const CSS_LIMIT = 30 * 1024;

export async function run({ sites, result, web }) {
    for (const site of sites.filter((site) => site.lighthouse)) {
        for (const kind of ["front page", "article"]) {
            const page = readable(site).find((page) => page.kind === kind);
            const weights = await weigh(web, site, page);
            const css = weights.css?.raw ?? 0;
            const what = `${css} bytes of CSS, some and ${CSS_LIMIT} at most`;
            const fine = css > 0 && css <= CSS_LIMIT;
            result.add({ site: site.name, page: page.path }, fine ? [] : [{ kind: "weight of the CSS", what }]);
            result.note(`${site.name} ${kind}: ${Object.entries(weights).map(describe).join(", ")}`);
        }
    }
}

async function weigh(web, site, page) {
    const types = new Map();
    const weights = {};
    const total = { raw: 0, wire: 0 };
    const add = (requestId, measure, bytes) => {
        const weight = (weights[types.get(requestId)] ??= { raw: 0, wire: 0 });
        weight[measure] += bytes;
        total[measure] += bytes;
    };
    const before = async (tab) => {
        const client = await tab.createCDPSession();
        await client.send("Network.enable");
        client.on("Network.responseReceived", ({ requestId, response }) => types.set(requestId, shortType(response.mimeType)));
        client.on("Network.dataReceived", ({ requestId, dataLength }) => add(requestId, "raw", dataLength));
        // The length over the wire counts the headers of the answer too.
        client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => add(requestId, "wire", encodedDataLength));
    };
    return visit(web, site, page, { cache: false, before, waitUntil: "networkidle0" }, () => ({ ...weights, total }));
}

const shortType = (mimeType) => ({ "text/html": "html", "text/css": "css", "image/svg+xml": "svg" })[mimeType] ?? mimeType;
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const describe = ([type, { raw, wire }]) => `${type} ${kB(wire)} on the wire (${kB(raw)} raw)`;
