/** A table of the report, for a page and for a Markdown file alike. */
export interface Table {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** The first column names its row. A cell that starts with ✗ is a failure and looks like one. */
export function tableHtml({ caption, head, rows }: Table): string {
  const cell = (text: string, column: number): string => {
    if (column === 0) return `<th scope="row">${escapeHtml(text)}</th>`;
    return `<td${text.startsWith('✗') ? ' class="fails"' : ''}>${escapeHtml(text)}</td>`;
  };
  return [
    '<div class="wide"><table>',
    `<caption>${escapeHtml(caption)}</caption>`,
    `<thead><tr>${head.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')}</tr></thead>`,
    `<tbody>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}</tbody>`,
    '</table></div>',
  ].join('\n');
}

export function tableMarkdown({ caption, head, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [`*${caption}*`, '', line(head), line(head.map(() => '---')), ...rows.map((row) => line(row))].join(
    '\n',
  );
}
