//! Checking lexicons without an index: what `griot lexicon check` reports.

use super::compiled::Compiled;
use super::declared::LexiconSize;
use super::lexicon::Vocabulary;
use crate::error::Error;
use crate::schema::Lexicons;

/// Reads all lexicons. Gives their sizes, or the first problem of each file: one at a time would make
/// whoever edits several files run it once a file.
pub fn check(lexicons: &Lexicons) -> Result<Vec<LexiconSize>, Vec<Error>> {
    let schema = lexicons.schema().map_err(|e| vec![e])?;
    let french = lexicons.french().map_err(|e| vec![e])?;
    let mut vocabulary = Vocabulary::default();
    let mut problems = Vec::new();
    for facet in schema.facets.iter().filter(|f| f.lexicon.is_some()) {
        let read = facet.parse(lexicons, &french, &mut vocabulary);
        problems.extend(read.err());
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    // Compiled anew: what is checked are the texts.
    let facets =
        Compiled::new(lexicons, &french).and_then(|compiled| compiled.facets(schema.facets, lexicons));
    Ok(facets.map_err(|e| vec![e])?.sizes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_lexicons_are_good_and_counted() {
        let sizes = check(&Lexicons::embedded()).expect("good");
        let files: Vec<&str> = sizes.iter().map(|s| s.file.as_str()).collect();
        for file in ["regions.tsv", "actors.toml", "types.toml", "sources.toml"] {
            assert!(files.contains(&file), "{file} is not among {files:?}");
        }
        assert!(
            sizes.iter().all(|s| s.values > 0 && s.phrases >= s.values),
            "{sizes:?}"
        );
    }

    #[test]
    fn every_file_tells_its_problem() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(
            dir.path().join("regions.tsv"),
            "Mali\tcountry\t\nGao\tregion\tMalli\n",
        )
        .expect("written");
        std::fs::write(
            dir.path().join("types.toml"),
            "[[value]]\nname = \"A\"\nparent = \"B\"\n",
        )
        .expect("written");
        let problems = check(&Lexicons::from_dir(dir.path()).expect("readable")).expect_err("refused");
        let reported: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(reported.len(), 2, "{reported:?}");
        assert!(
            reported[0].starts_with("index_schema/regions.tsv, line 2: unknown parent"),
            "{reported:?}"
        );
        assert!(
            reported[1].starts_with("index_schema/types.toml, line 2: unknown parent"),
            "{reported:?}"
        );
    }
}
