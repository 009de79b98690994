//! Recomputes the booklet's calculations.
//!
//! A calculation is written out as `expression = result`, as in
//! `200,000 orders × 14 % = 28,000 late`. Units may follow a number, `%` divides
//! by 100, `million` and its kin multiply. The result must be the value of the
//! expression, rounded to the digits shown. What has a variable in it is an
//! equation of another sort, and not checked.

use std::path::{Path, PathBuf};

#[test]
fn every_calculation_is_right() {
    let mut files = Vec::new();
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("book");
    markdown_files(&book, &mut files);
    files.sort();
    let (mut count, mut wrong) = (0, Vec::new());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for (n, line) in text.lines().enumerate() {
            for found in calculations(line) {
                count += 1;
                if !found.is_right() {
                    let line = line.trim();
                    let file = file.strip_prefix(&book).unwrap().display();
                    wrong.push(format!("{file}:{}: {line}", n + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Or the reader of calculations is broken.
    assert!(count > 400, "only {count} calculations found");
}

#[test]
fn calculations_are_read_as_people_read_them() {
    let right = |line: &str| {
        let found = calculations(line);
        assert!(!found.is_empty(), "nothing found in `{line}`");
        found.iter().all(Calculation::is_right)
    };
    assert!(right(
        "200,000 × 14 % = 28,000 late   × $4.00 = $112,000 a day"
    ));
    assert!(right(
        "of which 12 % of 50 orders, or 6 / 50 = 12 %, were late"
    ));
    assert!(right("chance 1 − 0.86^10 = 78 %"));
    assert!(right("11.2 million / 12 = 933,333"));
    assert!(right("sqrt(0.14 × 0.86 / 56) = 4.6 %"));
    assert!(right("14 % − 8 % = 6 points"));
    assert!(right(
        "8,000 × 1,500 = 12 million tokens × $1.00 / 1 million = $12.00"
    ));
    assert!(right(
        "exposure 10 ms + separation 8 ms + gate 60 ms = 78 ms"
    ));
    assert!(right("(5 + 3) × 2 = 4 × 4 = 16"));
    assert!(!right("200,000 × 14 % = 28,001 late"));
    assert!(!right("2 / 3 = 0.66"));
    assert!(!right("1 − 0.86^10 = 0.79"));
    assert!(calculations("threshold p = 5, and MAE = 6.6").is_empty());
    assert!(calculations("a share of n / (n + 20) = w").is_empty());
}

fn markdown_files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            markdown_files(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            out.push(path);
        }
    }
}

/// An expression and the result that the text gives.
#[derive(Debug)]
struct Calculation {
    expression: Vec<Token>,
    result: Vec<Token>,
}

impl Calculation {
    fn is_right(&self) -> bool {
        let Some(exact) = evaluate(&self.expression) else {
            return false;
        };
        // `= 28,000 late × $4 = …` goes on from the result, `= 4 × 4 = 16`
        // repeats the value in another form.
        let Some(Token::Number(shown)) = self.result.first() else {
            return false;
        };
        shown.rounds(exact)
            // Of shares, a point is a hundredth.
            || shown.points && shown.rounds(exact * 100.0)
            || self.result.len() > 1
                && evaluate(&self.result)
                    .is_some_and(|value| (value - exact).abs() < 1e-9 * exact.abs())
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(Number),
    Operator(char),
    Function(&'static str),
    Open,
    Close,
    Equals,
    /// Text between numbers and operators: a unit, or the end of a calculation.
    Words(String),
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Number {
    value: f64,
    /// What the last digit shown is worth.
    digit: f64,
    percent: bool,
    points: bool,
}

impl Number {
    fn rounds(self, exact: f64) -> bool {
        (exact - self.value).abs() <= self.digit * 0.5 + 1e-9 * exact.abs().max(self.digit)
    }
}

const FUNCTIONS: &[&str] = &["sqrt", "ln", "log2", "exp"];
const SCALES: &[(&str, f64)] = &[
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
];

fn calculations(line: &str) -> Vec<Calculation> {
    let tokens = tokens(line);
    let mut out = Vec::new();
    for (at, _) in tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| **token == Token::Equals)
    {
        let expression = before(&tokens[..at]);
        let result = after(&tokens[at + 1..]);
        let computes = expression
            .iter()
            .any(|token| matches!(token, Token::Operator(_) | Token::Function(_)));
        if computes && evaluate(&expression).is_some() && !result.is_empty() {
            out.push(Calculation { expression, result });
        }
    }
    out
}

/// The longest expression that ends here, without its units.
fn before(tokens: &[Token]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().rev() {
        let next_is_operand = matches!(
            out.first(),
            Some(Token::Number(_) | Token::Function(_) | Token::Open)
        );
        match token {
            // Units stand behind a number and before an operator.
            Token::Words(words) => {
                let behind_number =
                    at > 0 && matches!(tokens[at - 1], Token::Number(_) | Token::Close);
                // Labels stand behind an operator and before a number.
                let behind_operator = at > 0 && matches!(tokens[at - 1], Token::Operator(_));
                let unit = behind_number && !next_is_operand;
                let label = behind_operator && next_is_operand;
                if !(unit || label) || ends(words) {
                    break;
                }
                continue;
            }
            Token::Number(_) | Token::Close if next_is_operand => break,
            Token::Equals => break,
            Token::Close => depth += 1,
            Token::Open if depth == 0 => break,
            Token::Open => depth -= 1,
            Token::Number(_) | Token::Operator(_) | Token::Function(_) => {}
        }
        out.insert(0, token.clone());
    }
    // A variable or a word stood before the operator.
    if matches!(out.first(), Some(Token::Operator(operator)) if *operator != '-') {
        return Vec::new();
    }
    out
}

fn after(tokens: &[Token]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut negative = false;
    for token in tokens {
        let last_is_operand = matches!(out.last(), Some(Token::Number(_) | Token::Close));
        match token {
            Token::Operator('-') if out.is_empty() => {
                negative = true;
                continue;
            }
            Token::Words(words) if last_is_operand && !ends(words) => continue,
            Token::Words(_) | Token::Equals => break,
            Token::Number(_) if last_is_operand => break,
            _ => {}
        }
        out.push(token.clone());
    }
    if negative && let Some(Token::Number(number)) = out.first_mut() {
        number.value = -number.value;
    }
    match out.first() {
        Some(Token::Number(_)) => out,
        _ => Vec::new(),
    }
}

/// Whether words end a calculation instead of naming a unit.
fn ends(words: &str) -> bool {
    words.contains(['.', ',', ';', ':', '|', '?', '!', '“', '”', '→'])
        || words.split_whitespace().count() > 4
}

fn tokens(line: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let taken = if first.is_ascii_digit() {
            number(rest, &mut out)
        } else if first.is_alphabetic() {
            word(rest, &mut out)
        } else {
            let token = match first {
                '×' | '·' => Some(Token::Operator('*')),
                '/' | '+' | '^' => Some(Token::Operator(first)),
                '−' => Some(Token::Operator('-')),
                '(' => Some(Token::Open),
                ')' => Some(Token::Close),
                '=' => Some(Token::Equals),
                ' ' | '$' | '`' | '*' | '_' | '\u{a0}' => None,
                other => Some(Token::Words(other.to_string())),
            };
            out.extend(token);
            first.len_utf8()
        };
        rest = &rest[taken..];
    }
    merge_words(out)
}

fn merge_words(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    for token in tokens {
        match (out.last_mut(), token) {
            (Some(Token::Words(before)), Token::Words(word)) => {
                before.push(' ');
                before.push_str(&word);
            }
            (_, token) => out.push(token),
        }
    }
    out
}

/// A number with its percent sign or scale; gives its length in bytes.
fn number(text: &str, out: &mut Vec<Token>) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut length = 0;
    while digit(length) || matches!(bytes.get(length), Some(b'.' | b',')) && digit(length + 1) {
        length += 1;
    }
    let shown = text[..length].replace(',', "");
    let decimals = shown
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    let mut number = Number {
        value: shown.parse().unwrap_or(f64::NAN),
        digit: 10f64.powi(-(decimals as i32)),
        percent: false,
        points: false,
    };
    let next = text[length..].trim_start_matches([' ', '\u{a0}']);
    let gap = text.len() - length - next.len();
    let mut scale = 1.0;
    if next.starts_with('%') {
        number.percent = true;
        scale = 0.01;
        length += gap + 1;
    } else if let Some((name, factor)) = SCALES.iter().find(|(name, _)| next.starts_with(name)) {
        scale = *factor;
        length += gap + name.len();
    } else {
        number.points = next.starts_with("point") || next.starts_with("percentage point");
    }
    number.value *= scale;
    number.digit *= scale;
    out.push(Token::Number(number));
    length
}

fn word(text: &str, out: &mut Vec<Token>) -> usize {
    let length = text
        .find(|c: char| !c.is_alphanumeric() && c != '’' && c != '-')
        .unwrap_or(text.len());
    let word = &text[..length];
    out.push(match FUNCTIONS.iter().find(|function| **function == word) {
        Some(function) if text[length..].starts_with('(') => Token::Function(function),
        _ => Token::Words(word.to_owned()),
    });
    length
}

/// The value of an expression, by the usual precedence; none if it is no
/// expression.
fn evaluate(tokens: &[Token]) -> Option<f64> {
    let mut rest = tokens;
    let value = sum(&mut rest)?;
    rest.is_empty().then_some(value)
}

fn sum(rest: &mut &[Token]) -> Option<f64> {
    let mut value = product(rest)?;
    while let [Token::Operator(operator @ ('+' | '-')), tail @ ..] = *rest {
        *rest = tail;
        let other = product(rest)?;
        value = if *operator == '+' {
            value + other
        } else {
            value - other
        };
    }
    Some(value)
}

fn product(rest: &mut &[Token]) -> Option<f64> {
    let mut value = power(rest)?;
    while let [Token::Operator(operator @ ('*' | '/')), tail @ ..] = *rest {
        *rest = tail;
        let other = power(rest)?;
        value = if *operator == '*' {
            value * other
        } else {
            value / other
        };
    }
    Some(value)
}

fn power(rest: &mut &[Token]) -> Option<f64> {
    let base = operand(rest)?;
    let [Token::Operator('^'), tail @ ..] = *rest else {
        return Some(base);
    };
    *rest = tail;
    Some(base.powf(power(rest)?))
}

fn operand(rest: &mut &[Token]) -> Option<f64> {
    let (first, tail) = rest.split_first()?;
    *rest = tail;
    match first {
        Token::Number(number) => Some(number.value),
        Token::Operator('-') => Some(-power(rest)?),
        Token::Open => {
            let value = sum(rest)?;
            let (Token::Close, tail) = rest.split_first()? else {
                return None;
            };
            *rest = tail;
            Some(value)
        }
        Token::Function(name) => {
            let value = operand(rest)?;
            Some(match *name {
                "sqrt" => value.sqrt(),
                "ln" => value.ln(),
                "log2" => value.log2(),
                _ => value.exp(),
            })
        }
        Token::Operator(_) | Token::Close | Token::Equals | Token::Words(_) => None,
    }
}
