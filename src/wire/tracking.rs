//! What is added to addresses to see who follows them: names of parameters, as data.
//!
//! They are those that advertisers, newsletters, social networks and newsrooms are known to add. A name that some sites use
//! for something else, such as `ref`, `source` or `id`, is not among them: an address must lead to the same page without it.

/// Beginnings of names.
const FAMILIES: [&str; 12] = [
    "utm_",     // Google Analytics, and whoever followed
    "mtm_",     // Matomo
    "matomo_",  //
    "pk_",      // Matomo, when it was Piwik
    "piwik_",   //
    "hsa_",     // HubSpot, for advertisements
    "at_",      // Piano, when it was AT Internet: the BBC and others
    "ns_",      // Comscore
    "itm_",     // links within a site
    "oly_",     // Omeda
    "vero_",    // Vero
    "guce_ref", // Yahoo
];

/// Whole names, sorted, in small letters.
const NAMES: [&str; 97] = [
    "__hsfp",
    "__hssc",
    "__hstc",
    "__s",
    "__twitter_impression",
    "_branch_match_id",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "_kx",
    "_openstat",
    "algo_expid",
    "algo_pvid",
    "amp_gsa",
    "amp_js_v",
    "amp_tf",
    "ampshare",
    "aoh",
    "awc",
    "bbeml",
    "bxid",
    "campaign_id",
    "ceneo_spo",
    "cmp",
    "cmpid",
    "cndid",
    "cvid",
    "dclid",
    "dicbo",
    "ecid",
    "ef_id",
    "emc",
    "epik",
    "esrc",
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "fbclid",
    "ftag",
    "gaa_at",
    "gaa_n",
    "gaa_sig",
    "gaa_ts",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "guccounter",
    "hsctatracking",
    "icid",
    "igsh",
    "igshid",
    "iocid",
    "irclickid",
    "ito",
    "leadsource",
    "li_fat_id",
    "linkid",
    "lipi",
    "mbid",
    "mc_cid",
    "mc_eid",
    "mibextid",
    "mkt_tok",
    "ml_subscriber",
    "ml_subscriber_hash",
    "msclkid",
    "ncid",
    "ocid",
    "otm_medium",
    "rb_clickid",
    "rdt_cid",
    "ref_src",
    "ref_url",
    "s_cid",
    "s_kwcid",
    "sc_cid",
    "sfmc_id",
    "smid",
    "smtyp",
    "soc_src",
    "soc_trk",
    "sr_share",
    "srsltid",
    "sthash",
    "taid",
    "tblci",
    "ttclid",
    "twclid",
    "usqp",
    "wbraid",
    "wickedid",
    "xtor",
    "yclid",
    "ysclid",
];

/// Whether a parameter of this name only tells where a reader comes from. Case does not count.
pub(super) fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    // Webtrekk's `wt_mc` is also written `wt.mc`, has kinds of it behind, and an older name.
    let webtrekk = name.strip_prefix("wt.").or_else(|| name.strip_prefix("wt_"));
    NAMES.binary_search(&name.as_str()).is_ok()
        || FAMILIES.iter().any(|family| name.starts_with(family))
        || webtrekk.is_some_and(|kind| kind.starts_with("mc") || kind == "zmc")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_looked_up_whole_and_families_by_their_beginning() {
        assert!(NAMES.is_sorted());
        for name in [
            "utm_source",
            "UTM_Medium",
            "fbclid",
            "CMP",
            "WT.mc_id",
            "wt_mc_o",
            "wt_zmc",
            "at_custom3",
            "xtor",
            "guce_referrer",
        ] {
            assert!(is_tracking(name), "{name}");
        }
        for name in [
            "id",
            "p",
            "q",
            "page",
            "ref",
            "source",
            "utm",
            "article",
            "clid",
            "format",
            "attribute",
            "wt",
            "wt_smcity",
        ] {
            assert!(!is_tracking(name), "{name}");
        }
    }
}
