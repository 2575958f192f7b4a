//! `dateline new` and GitHub: the address a site gets, where its workflow goes, and what is said about the way there.

mod common;

use common::{Site, files, stderr, stdout};
use std::path::Path;
use std::process::{Command, Output};

fn well(output: Output) -> Output {
    assert!(output.status.success(), "{}\n{}", stdout(&output), stderr(&output));
    output
}

/// Makes a site and gives what was said.
fn new(place: &Site, arguments: &[&str]) -> String {
    let mut all = vec!["new"];
    all.extend(arguments);
    stdout(&well(place.run(&all)))
}

fn git(folder: &Path, line: &str) {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(line.split(' '));
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    let output = command.output().expect("git is there");
    assert!(output.status.success(), "git {line}: {}", stderr(&output));
}

/// A folder that is a repository, with `main` checked out.
fn repository() -> Site {
    let place = Site::empty();
    git(place.path(), "init --quiet --initial-branch=main .");
    place
}

/// The commands among what was said, a line each.
fn commands(said: &str) -> Vec<&str> {
    said.lines().filter_map(|line| line.strip_prefix("      ")).collect()
}

const WORKFLOW: &str = ".github/workflows/pages.yml";

#[test]
fn a_site_has_the_address_its_pages_will_have() {
    for (options, address) in [
        (vec!["--github", "ada/digest"], "https://ada.github.io/digest/"),
        (vec!["--github", "Ada/The_Digest"], "https://ada.github.io/The_Digest/"),
        (vec!["--github", "ada/ada.github.io"], "https://ada.github.io/"),
        (vec!["--github", "ada/x", "--domain", "News.Example.org"], "https://news.example.org/"),
        (vec![], "https://example.org/"),
    ] {
        let place = Site::empty();
        let mut arguments = vec!["site"];
        arguments.extend(&options);
        let said = new(&place, &arguments);
        assert!(place.read("site/site.toml").contains(&format!("\nbase_url = \"{address}\"\n")), "{address}");
        assert_eq!(said.contains(&format!("the digest is at {address}\n")), !options.is_empty(), "{said}");
        well(place.run(&["-C", "site", "build", "--strict", "--drafts"]));
        let home = place.read("site/public/index.html");
        assert!(home.contains(&format!("<link rel=\"canonical\" href=\"{address}\"")), "{address}");
    }
}

#[test]
fn the_workflow_lies_where_github_looks_for_it() {
    let place = Site::empty();
    let said = new(&place, &["digest", "--action", "ada/dateline"]);
    assert!(said.contains(&format!("  {WORKFLOW}\n")), "{said}");
    let workflow = place.read(&format!("digest/{WORKFLOW}"));
    assert!(
        workflow.contains("branches: [main]") && workflow.contains("uses: ada/dateline@v1\n"),
        "{workflow}"
    );
    assert!(!workflow.contains("root:"), "{workflow}");
}

#[test]
fn the_commands_are_ready_to_be_copied() {
    let place = Site::empty();
    let said = new(&place, &["my digest", "--github", "ada/digest"]);
    let expected = [
        "cd 'my digest'",
        "dateline serve --open",
        "git init --initial-branch=main",
        "git add .",
        "git commit --message \"A new digest\"",
        "gh repo create ada/digest --public --source=. --push",
        "git remote add origin https://github.com/ada/digest.git",
        "git push --set-upstream origin main",
        "gh workflow run pages.yml",
    ];
    assert_eq!(commands(&said), expected);
    for step in ["\n  1. ", "\n  2. ", "\n  3. At https://github.com/ada/digest/settings/pages\n"] {
        assert!(said.contains(step), "{said}");
    }
    assert!(!said.contains("\n  4. ") && !said.contains("CNAME"), "{said}");
    assert!(said.contains("remove .github/workflows/pages.yml and say\ndateline deploy,"), "{said}");
}

#[test]
fn without_names_they_still_work() {
    let place = Site::empty();
    let said = new(&place, &["my-digest"]);
    assert!(commands(&said).contains(&"gh repo create my-digest --public --source=. --push"), "{said}");
    assert!(
        said.contains("https://github.com/USER/my-digest.git") && said.contains("(USER: your name)"),
        "{said}"
    );
    let said = new(&place, &["خبریں"]);
    assert!(commands(&said).contains(&"gh repo create digest --public --source=. --push"), "{said}");
}

#[test]
fn a_domain_needs_its_dns() {
    let said = new(&Site::empty(), &["x", "--github", "ada/digest", "--domain", "digest.example.org"]);
    assert!(said.contains("enter digest.example.org") && said.contains("ada.github.io"), "{said}");
}

/// The commands up to the push, run by a shell, against a repository on this machine.
#[test]
fn the_commands_do_what_they_say() {
    let place = Site::empty();
    git(place.path(), "init --quiet --bare --initial-branch=main remote.git");
    let said = new(&place, &["it's mine", "--github", "ada/digest"]);
    let remote = place.path().join("remote.git");
    let script: Vec<String> = commands(&said)
        .into_iter()
        .filter(|line| !line.starts_with("dateline ") && !line.starts_with("gh "))
        .map(|line| line.replace("https://github.com/ada/digest.git", &format!("'{}'", remote.display())))
        .collect();
    assert_eq!(script.len(), 6, "{script:?}");
    let mut shell = Command::new("sh");
    shell.arg("-euc").arg(script.join("\n")).current_dir(place.path());
    for (name, value) in [("NAME", "A"), ("EMAIL", "a@example.org")] {
        shell.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
    }
    well(shell.output().expect("the shell runs"));
    git(place.path(), "clone --quiet remote.git clone");
    let clone = place.path().join("clone");
    assert!(clone.join(WORKFLOW).exists() && clone.join("site.toml").exists());
    assert!(place.run(&["-C", "clone", "build", "--strict"]).status.success());
}

#[test]
fn in_a_folder_of_a_repository_the_workflow_goes_to_the_top() {
    let place = repository();
    git(place.path(), "checkout --quiet -b trunk");
    let said = new(&place, &["sites/digest", "--github", "ada/mono", "--action", "ada/dateline"]);
    let workflow = place.read(WORKFLOW);
    assert!(
        workflow.contains("root: sites/digest\n") && workflow.contains("branches: [trunk]"),
        "{workflow}"
    );
    assert!(workflow.contains("path: sites/digest/.dateline/store\n"), "{workflow}");
    assert!(!place.path().join("sites/digest/.github").exists());
    assert!(
        said.contains(&format!("  ../../{WORKFLOW}\n")) && said.contains("part of a repository"),
        "{said}"
    );
    let commands = commands(&said);
    assert!(commands.contains(&&*format!("git add . ../../{WORKFLOW}")), "{said}");
    assert!(commands.contains(&"gh repo create ada/mono --public --source=../.. --push"), "{said}");
    assert!(!said.contains("git init"), "{said}");
    // The second site of a repository leaves the workflow of the first alone.
    let before = place.read(WORKFLOW);
    let said = new(&place, &["sites/second"]);
    assert_eq!(place.read(WORKFLOW), before);
    assert!(said.contains("was there already and was left alone"), "{said}");
    // Nothing is promised that this workflow does not do.
    assert!(
        said.contains("this one is not published yet") && said.contains("root: sites/second\n"),
        "{said}"
    );
    for untrue in ["every git push publishes", "In a few minutes", "Three steps", "gh workflow run"] {
        assert!(!said.contains(untrue), "{untrue}: {said}");
    }
    assert!(self::commands(&said).contains(&"git add ."), "{said}");
}

#[cfg(unix)]
#[test]
fn the_way_into_the_folder_leads_there_whatever_its_name() {
    for name in ["-dash", "--", "-", "~", "new\nline", "bell\u{7}7", "it's $HOME", "\u{202e}x"] {
        let place = Site::empty();
        let said = new(&place, &["--", name]);
        let enter = commands(&said)[0];
        assert!(enter.starts_with("cd ") && !enter.contains(|c: char| c.is_control() || c == '\u{202e}'));
        let mut shell = Command::new("bash");
        shell.arg("-euc").arg(format!("{enter}\ntest -f site.toml")).current_dir(place.path());
        shell.env("HOME", "/");
        well(shell.output().expect("the shell runs"));
    }
}

#[test]
fn where_it_is_pushed_to_is_known_already() {
    for origin in [
        "git@github.com:ada/digest.git",
        "https://github.com/ada/digest",
        "ssh://git@github.com/ada/digest.git",
    ] {
        let place = repository();
        git(place.path(), &format!("remote add origin {origin}"));
        let said = new(&place, &["."]);
        assert!(place.read("site.toml").contains("base_url = \"https://ada.github.io/digest/\""), "{origin}");
        assert_eq!(
            commands(&said)[1..],
            [
                "git add .",
                "git commit --message \"A new digest\"",
                "git push --set-upstream origin main",
                "gh workflow run pages.yml"
            ],
            "{said}"
        );
        assert!(place.path().join(WORKFLOW).exists());
    }
    // Of another host nothing follows.
    let place = repository();
    git(place.path(), "remote add origin https://git.example.org/ada/digest.git");
    new(&place, &["."]);
    assert!(place.read("site.toml").contains("base_url = \"https://example.org/\""));
}

#[test]
fn another_repository_is_one_of_its_own() {
    let place = repository();
    git(place.path(), "remote add origin git@github.com:ada/notes.git");
    let said = new(&place, &["digest", "--github", "ada/digest"]);
    assert!(place.path().join("digest").join(WORKFLOW).exists() && !place.path().join(".github").exists());
    assert!(said.contains("git init"), "{said}");
    // The same one, whatever its case, is not another.
    let said = new(&place, &["second", "--github", "Ada/Notes"]);
    assert!(place.path().join(WORKFLOW).exists() && !said.contains("git init"), "{said}");
    // A folder whose own repository is another one cannot be both.
    let place = repository();
    git(place.path(), "remote add origin git@github.com:ada/notes.git");
    let output = place.run(&["new", ".", "--github", "ada/digest"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("git remote remove origin"), "{}", stderr(&output));
    assert!(!place.path().join("site.toml").exists());
}

#[test]
fn a_folder_that_its_repository_ignores_is_no_part_of_it() {
    let place = repository();
    place.write(".gitignore", "/target/\n");
    let said = new(&place, &["target/try"]);
    assert!(
        place.path().join("target/try").join(WORKFLOW).exists() && !place.path().join(".github").exists()
    );
    assert!(said.contains("git init"), "{said}");
}

#[test]
fn a_repository_of_everything_one_has_gets_no_workflow() {
    let home = repository();
    let mut command = home.command(&["new", "digest"]);
    let said = stdout(&well(command.env("HOME", home.path()).output().expect("the binary runs")));
    assert!(
        home.path().join("digest").join(WORKFLOW).exists() && !home.path().join(".github").exists(),
        "{said}"
    );
}

#[test]
fn git_need_not_be_there() {
    let place = Site::empty();
    let mut command = place.command(&["new", "digest"]);
    well(command.env("PATH", "").output().expect("the binary runs"));
    assert!(place.path().join("digest").join(WORKFLOW).exists());
}

#[test]
fn names_that_cannot_be_are_wrong_usage() {
    let place = Site::empty();
    for (arguments, help) in [
        (vec!["--github", "digest"], "USER/REPO, such as ada/digest"),
        (vec!["--github", "https://github.com/ada/digest"], "write ada/digest, without the host"),
        (vec!["--github", "ada/bob.github.io"], "write ada/ada.github.io"),
        (vec!["--github", "ada/two words"], "'two words'"),
        (vec!["--github", "ada/x", "--domain", "https://example.org/"], "without scheme, port and path"),
        (vec!["--github", "ada/x", "--domain", "zürich.example"], "xn--"),
        (vec!["--github", "ada/x", "--domain", "ada.github.io"], "leave --domain out"),
        (vec!["--domain", "example.org"], "--github"),
        (vec!["--action", "ada/dateline@a b"], "USER/REPO@REF"),
    ] {
        let mut all = vec!["new", "site"];
        all.extend(&arguments);
        let output = place.run(&all);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(help), "{arguments:?}: {}", stderr(&output));
    }
    assert!(files(place.path()).is_empty());
}

#[test]
fn what_cannot_be_made_leaves_nothing_behind() {
    let place = repository();
    // A file where the folder of workflows should be.
    place.write(".github", "mine");
    let output = place.run(&["new", "site"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!place.path().join("site").exists(), "{}", stderr(&output));
    assert_eq!(place.read(".github"), "mine");
}
