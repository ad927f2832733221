import { ask } from '../api';
import { h } from '../dom';
import { NoticeDocument } from './gql/graphql';
import { unfold } from './kit';
import { w } from './text';

export interface Notice {
  version: string;
  text: string;
}

export async function noticeOf(slug: string): Promise<Notice> {
  const { privacyNotice } = await ask(slug, NoticeDocument, { version: null });
  return privacyNotice ?? { version: '', text: '' };
}

/** The whole notice, a press away from whoever is asked something that rests on it. */
export const noticeBox = (notice: Notice) =>
  unfold(w('notice.read', { version: notice.version }), h('div', { class: 'prose' }, prose(notice.text)));

/** The few forms that the notice is written in: headings, lists, tables, paragraphs. Everything is set as text. */
export function prose(markdown: string): HTMLElement[] {
  const shown: HTMLElement[] = [];
  let list: HTMLUListElement | null = null;
  let head = true;
  for (const line of markdown.split('\n').map((l) => l.trim())) {
    const heading = /^(#+) (.*)$/.exec(line);
    const item = /^[-*] (.*)$/.exec(line)?.[1] ?? rowOf(line);
    if (item === undefined) {
      list = null;
      head = true;
      if (heading) shown.push(h(heading[1] === '#' ? 'h3' : 'h4', null, heading[2]));
      else if (line) shown.push(h('p', null, line));
      continue;
    }
    const row = line.startsWith('|');
    // The head of a table and the line below it say nothing that its cells do not.
    if (row && (head || /^[|\s:-]+$/.test(line))) {
      head = false;
      continue;
    }
    if (!list) {
      list = h('ul');
      shown.push(list);
    }
    list.append(h('li', null, item));
  }
  return shown;
}

function rowOf(line: string): string | undefined {
  if (!line.startsWith('|')) return undefined;
  return line
    .split('|')
    .map((cell) => cell.trim())
    .filter(Boolean)
    .join(' · ');
}
