//! The book's repository on its host: where a reader goes to contribute.

use mdbook_preprocessor::config::Config;
use url::Url;

/// A repository that `book.toml` names in `git-repository-url`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    url: Url,
    branch: String,
    /// The book's source folder in the repository.
    src: String,
}

impl Repository {
    /// What `book.toml` says. The branch and the way to the source folder are
    /// read off `edit-url-template`, where there is one.
    pub fn from_config(config: &Config) -> Option<Self> {
        let html = config.html_config()?;
        let url = Url::parse(html.git_repository_url.as_deref()?).ok()?;
        if !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        let src = config.book.src.to_string_lossy().replace('\\', "/");
        // https://host/owner/name/edit/BRANCH/FOLDERS/{path}; `{path}` begins
        // with the source folder.
        let (branch, above) = html
            .edit_url_template
            .as_deref()
            .and_then(|template| template.split_once("/edit/"))
            .and_then(|(_, rest)| rest.split_once("{path}"))
            .map(|(rest, _)| rest.trim_end_matches('/'))
            .map(|rest| rest.split_once('/').unwrap_or((rest, "")))
            .filter(|(branch, _)| !branch.is_empty())
            .unwrap_or(("main", ""));
        let parts = [above, src.trim_matches('/')];
        let parts: Vec<_> = parts
            .into_iter()
            .filter(|p| !p.is_empty() && *p != ".")
            .collect();
        Some(Self {
            url,
            branch: branch.to_owned(),
            src: parts.join("/"),
        })
    }

    /// Its address.
    pub fn address(&self) -> &str {
        self.url.as_str()
    }

    /// The address of the host's page for a new file, with its name and text
    /// filled in. `folder` is below the source folder.
    pub fn new_file(&self, folder: &str, name: &str, text: &str) -> String {
        let mut url = self.url.clone();
        let gitlab = url.host_str().is_some_and(|host| host.contains("gitlab"));
        let (new, name_key, text_key) = match gitlab {
            true => ("-/new", "file_name", "content"),
            false => ("new", "filename", "value"),
        };
        let repository = url
            .path()
            .trim_end_matches('/')
            .trim_end_matches(".git")
            .to_owned();
        let path = [new, &self.branch, &self.src, folder]
            .into_iter()
            .filter(|p| !p.is_empty())
            .collect::<Vec<_>>()
            .join("/");
        url.set_path(&format!("{repository}/{path}"));
        url.query_pairs_mut()
            .append_pair(name_key, name)
            .append_pair(text_key, text);
        url.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository(html: &str) -> Option<Repository> {
        let config: Config = format!("[book]\nsrc = \"book\"\n[output.html]\n{html}")
            .parse()
            .unwrap();
        Repository::from_config(&config)
    }

    #[test]
    fn a_new_file_lands_in_the_source_folder_of_the_branch_that_is_edited() {
        let plain = repository("git-repository-url = \"https://github.com/o/r\"").unwrap();
        assert_eq!(
            plain.new_file("answers/x", "you.md", "a&b\n"),
            "https://github.com/o/r/new/main/book/answers/x?filename=you.md&value=a%26b%0A"
        );
        let edited = repository(
            "git-repository-url = \"https://github.com/o/r/\"\nedit-url-template = \"https://github.com/o/r/edit/dev/docs/{path}\"",
        )
        .unwrap();
        assert_eq!(
            edited.new_file("q", "n.md", ""),
            "https://github.com/o/r/new/dev/docs/book/q?filename=n.md&value="
        );
        let gitlab = repository("git-repository-url = \"https://gitlab.com/o/r\"").unwrap();
        assert_eq!(
            gitlab.new_file("q", "n.md", ""),
            "https://gitlab.com/o/r/-/new/main/book/q?file_name=n.md&content="
        );
        assert_eq!(
            repository("git-repository-url = \"javascript:alert(1)\""),
            None
        );
        assert_eq!(repository(""), None);
    }
}
