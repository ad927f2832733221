import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useT } from '../app/i18n';

export const PAGE_SIZE = 20;

/** Pages by cursor: forward with the server's own, back over those already seen. A changed filter starts again. */
export function usePages(filterKey = '') {
  const [state, setState] = useState<{ key: string; cursors: string[] }>({ key: filterKey, cursors: [] });
  const cursors = state.key === filterKey ? state.cursors : [];
  const forward = useCallback(
    (cursor: string | null) => {
      if (cursor) setState((s) => ({ key: filterKey, cursors: [...(s.key === filterKey ? s.cursors : []), cursor] }));
    },
    [filterKey],
  );
  const back = useCallback(() => setState((s) => ({ key: filterKey, cursors: s.cursors.slice(0, -1) })), [filterKey]);
  return { after: cursors.at(-1) ?? null, page: cursors.length, forward, back };
}

interface Props {
  pages: ReturnType<typeof usePages>;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount?: number | null | undefined;
  shown: number;
}

export function Pager({ pages, pageInfo, totalCount, shown }: Props) {
  const t = useT();
  const first = pages.page * PAGE_SIZE + 1;
  const last = first + shown - 1;
  // One page that is all there is needs no way to others.
  if (pages.page === 0 && !pageInfo.hasNextPage) return null;
  return (
    <nav className="pager" aria-label={t('pager.label')}>
      <span role="status">
        {t('pager.range', { first, last })}
        {typeof totalCount === 'number' ? t('pager.total', { n: totalCount }) : ''}
      </span>
      <Button onClick={pages.back} disabled={pages.page === 0}>
        {t('pager.back')}
      </Button>
      <Button onClick={() => pages.forward(pageInfo.endCursor)} disabled={!pageInfo.hasNextPage}>
        {t('pager.next')}
      </Button>
    </nav>
  );
}
