import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useT } from '../app/i18n';

export const PAGE_SIZE = 20;

interface Step {
  after: string;
  /** Rows on the pages before: a city may shorten its pages, so they are not to be reckoned. */
  before: number;
}

/** Pages by cursor: forward with the server's own, back over those already seen. A changed filter starts again. */
export function usePages(filterKey = '') {
  const [state, setState] = useState<{ key: string; steps: Step[] }>({ key: filterKey, steps: [] });
  const steps = state.key === filterKey ? state.steps : [];
  const forward = useCallback(
    (after: string | null, before: number) => {
      if (after)
        setState((s) => ({ key: filterKey, steps: [...(s.key === filterKey ? s.steps : []), { after, before }] }));
    },
    [filterKey],
  );
  const back = useCallback(() => setState((s) => ({ key: filterKey, steps: s.steps.slice(0, -1) })), [filterKey]);
  const last = steps.at(-1);
  return { after: last?.after ?? null, before: last?.before ?? 0, forward, back };
}

interface Props {
  pages: ReturnType<typeof usePages>;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount?: number | null | undefined;
  shown: number;
}

export function Pager({ pages, pageInfo, totalCount, shown }: Props) {
  const t = useT();
  const isFirst = pages.after === null;
  const last = pages.before + shown;
  // One page that is all there is needs no way to others.
  if (isFirst && !pageInfo.hasNextPage) return null;
  return (
    <nav className="pager" aria-label={t('pager.label')}>
      <span role="status">
        {t('pager.range', { first: pages.before + 1, last })}
        {typeof totalCount === 'number' ? t('pager.total', { n: totalCount }) : ''}
      </span>
      <Button onClick={pages.back} disabled={isFirst}>
        {t('pager.back')}
      </Button>
      <Button onClick={() => pages.forward(pageInfo.endCursor, last)} disabled={!pageInfo.hasNextPage}>
        {t('pager.next')}
      </Button>
    </nav>
  );
}
