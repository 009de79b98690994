//! Tables.

use super::blocks::Reader;
use super::inlines::declared;
use super::tree::{Node, NodeId, NodeKind};
use crate::print::doc::{Align, Block, Cell, Table, Written};

impl Reader<'_> {
    pub(super) fn table(&mut self, node: &Node) -> Block<Written> {
        let mut table = Table {
            caption: Vec::new(),
            columns: 0,
            head: Vec::new(),
            body: Vec::new(),
        };
        self.rows(&node.children, false, &mut table);
        table.columns = columns(table.head.iter().chain(&table.body));
        Block::Table(table)
    }

    fn rows(&mut self, children: &[NodeId], head: bool, table: &mut Table<Written>) {
        for &id in children {
            let child = &self.tree.nodes[id];
            match child.name() {
                "caption" => table.caption = self.line(&child.children),
                "thead" => self.rows(&child.children, true, table),
                "tr" => {
                    let row = self.row(child);
                    // A head that comes late is a row like others.
                    let rows = if head && table.body.is_empty() {
                        &mut table.head
                    } else {
                        &mut table.body
                    };
                    rows.push(row);
                }
                "colgroup" | "col" => {}
                "td" | "th" => {
                    let cell = self.cell(child);
                    table.body.push(vec![cell]);
                }
                "" if matches!(&child.kind, NodeKind::Text(text) if text.trim().is_empty()) => {}
                _ if self.holds_rows(child) => self.rows(&child.children, head, table),
                // What has no place in a table is a row of its own.
                _ => {
                    let blocks = self.blocks(&[id]);
                    table.body.push(vec![Cell {
                        align: Align::Start,
                        colspan: 1,
                        rowspan: 1,
                        blocks,
                    }]);
                }
            }
        }
    }

    /// Whether there are rows or cells in an element.
    fn holds_rows(&self, node: &Node) -> bool {
        let mut children = node.children.iter().map(|&id| &self.tree.nodes[id]);
        children.any(|child| matches!(child.name(), "tr" | "td" | "th") || self.holds_rows(child))
    }

    fn row(&mut self, node: &Node) -> Vec<Cell<Written>> {
        let mut cells = Vec::new();
        for &id in &node.children {
            let child = &self.tree.nodes[id];
            match (&child.kind, child.name()) {
                (_, "td" | "th") => cells.push(self.cell(child)),
                (NodeKind::Text(text), _) if text.trim().is_empty() => {}
                _ => {
                    let blocks = self.blocks(&[id]);
                    cells.push(Cell {
                        align: Align::Start,
                        colspan: 1,
                        rowspan: 1,
                        blocks,
                    });
                }
            }
        }
        cells
    }

    fn cell(&mut self, node: &Node) -> Cell<Written> {
        let span = |name| {
            node.attribute(name)
                .and_then(|n| n.parse().ok())
                .unwrap_or(1)
                .clamp(1, 100)
        };
        let style = node
            .attribute("style")
            .and_then(|style| declared(style, "text-align"));
        let align = match style.or(node.attribute("align")) {
            Some("left") => Align::Left,
            Some("center") => Align::Center,
            Some("right") => Align::Right,
            _ => Align::Start,
        };
        let anchor = self.anchor(node).map(Block::Anchor);
        let blocks = self.blocks(&node.children);
        Cell {
            align,
            colspan: span("colspan"),
            rowspan: span("rowspan"),
            blocks: anchor.into_iter().chain(blocks).collect(),
        }
    }
}

/// The number of columns of rows whose cells may span several of either.
fn columns<'r>(rows: impl Iterator<Item = &'r Vec<Cell<Written>>>) -> usize {
    let mut widest = 1;
    let mut reaching_down: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        let own: usize = row.iter().map(|cell| cell.colspan).sum();
        let from_above: usize = reaching_down.iter().map(|(_, columns)| columns).sum();
        widest = widest.max(own + from_above);
        reaching_down.iter_mut().for_each(|(rows, _)| *rows -= 1);
        reaching_down.extend(row.iter().map(|cell| (cell.rowspan - 1, cell.colspan)));
        reaching_down.retain(|(rows, _)| *rows > 0);
    }
    widest
}
