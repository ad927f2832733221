import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useSession } from '../app/session';
import { PostingReviewsDocument, type PostingWholeFragment, type ReviewFilter, type ReviewStage } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { TermSelect } from '../kit/choice';
import { DivisionPicker } from '../kit/division';
import { useFormat } from '../kit/format';
import { Labelled } from '../kit/labelled';
import { Page } from '../kit/page';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { YesNo } from '../kit/yes-no';
import { ReviewDialog } from './review-dialog';
import { ENUMS } from './search';
import { PostingStatusTag, useSpan } from './words';

interface Chosen {
  place?: string;
  source?: string;
  stage?: string;
  overdue?: boolean;
}

const toFilter = ({ place, source, stage, overdue }: Chosen): ReviewFilter => ({
  county: place ?? null,
  source: (source as ReviewFilter['source']) ?? null,
  stage: (stage as ReviewStage | undefined) ?? null,
  overdue: overdue ?? null,
});

/** What waits for a reviewer, the longest first, with the minutes within which the city promises to look. */
export function PostingReviews() {
  const t = useT();
  const [chosen, setChosen] = useState<Chosen>({});
  const filter = toFilter(chosen);
  const pages = usePages(JSON.stringify(filter));
  const query = useQuery({
    query: PostingReviewsDocument,
    variables: { first: PAGE_SIZE, after: pages.after, filter },
  });
  const minutes = query[0].data?.postingFigures?.reviewMinutes;
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <Page title={t('review.title')} lead={minutes ? t('review.lead', { n: minutes }) : null}>
      <Filters chosen={chosen} onChange={setChosen} />
      <Paged query={query} pages={pages} of={(data) => data.reviewQueue}>
        {(rows, total) => (
          <>
            <div className="list-head">
              <span role="status">{total === null ? '' : t('review.count', { n: total })}</span>
            </div>
            <QueueTable rows={rows} refetch={refetch} />
          </>
        )}
      </Paged>
    </Page>
  );
}

function Filters({ chosen, onChange }: { chosen: Chosen; onChange: (chosen: Chosen) => void }) {
  const t = useT();
  const set = (change: Chosen) => onChange({ ...chosen, ...change });
  return (
    <search className="filters">
      <div className="filter-grid">
        <Labelled text={t('review.stage')}>
          {(id) => (
            <TermSelect
              id={id}
              group="reviewStage"
              values={['BEFORE', 'AFTER']}
              value={chosen.stage}
              allowClear
              placeholder={t('choice.any')}
              onChange={(stage) => set({ stage })}
            />
          )}
        </Labelled>
        <Labelled text={t('review.overdue')}>
          {(id) => <YesNo id={id} value={chosen.overdue} onChange={(overdue) => set({ overdue })} />}
        </Labelled>
        <Labelled text={t('postings.filter.source')}>
          {(id) => (
            <TermSelect
              id={id}
              group="postingSource"
              values={ENUMS.source}
              value={chosen.source}
              allowClear
              placeholder={t('choice.any')}
              onChange={(source) => set({ source })}
            />
          )}
        </Labelled>
        <Labelled text={t('postings.filter.place')}>
          {(id) => <DivisionPicker id={id} allowClear value={chosen.place} onChange={(place) => set({ place })} />}
        </Labelled>
      </div>
    </search>
  );
}

function QueueTable({ rows, refetch }: { rows: PostingWholeFragment[]; refetch: () => void }) {
  const t = useT();
  const format = useFormat();
  const span = useSpan();
  const { slug, can } = useSession();
  const [open, setOpen] = useState<string | null>(null);
  const posting = rows.find(({ id }) => id === open);
  return (
    <>
      <DataTable<PostingWholeFragment>
        rowKey="id"
        aria-label={t('review.title')}
        dataSource={rows}
        scroll={{ x: 980 }}
        locale={{ emptyText: <Nothing text={t('review.none')} /> }}
        columns={[
          {
            title: t('postings.col.title'),
            render: (_, p) => (
              <>
                <Link to="/$slug/postings/$id" params={{ slug, id: p.id }} className="strong">
                  {p.title}
                </Link>
                <div className="soft">{[p.partyName, p.county.name].join(' · ')}</div>
              </>
            ),
          },
          { title: t('postings.col.status'), render: (_, p) => <PostingStatusTag status={p.status} /> },
          { title: t('review.submitted'), className: 'nowrap', render: (_, p) => format.dateTime(p.submittedAt) },
          {
            title: t('review.due'),
            render: (_, p) => (
              <Chip tone={p.reviewOverdue ? 'bad' : 'plain'}>
                {format.dateTime(p.reviewDueAt)}
                {p.reviewOverdue ? ` ${t('postings.overdue')}` : ''}
              </Chip>
            ),
          },
          { title: t('postings.col.time'), render: (_, p) => span(p) },
          { title: t('lint.title'), render: (_, p) => <Found posting={p} /> },
          ...(can('posting.review')
            ? [
                {
                  title: t('parts.actions'),
                  key: 'actions',
                  render: (_: unknown, p: PostingWholeFragment) => (
                    <Button
                      size="small"
                      type="primary"
                      aria-label={t('review.dialog', { title: p.title })}
                      onClick={() => setOpen(p.id)}
                    >
                      {t('postings.review')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {posting ? <ReviewDialog posting={posting} onClose={() => setOpen(null)} refetch={refetch} /> : null}
    </>
  );
}

/** How many things of which weight the linter found. */
function Found({ posting: { findings } }: { posting: PostingWholeFragment }) {
  const t = useT();
  const term = useTerm();
  const counts = (['BLOCKS', 'WARNS', 'CANNOT_CHECK'] as const)
    .map((severity) => ({ severity, n: findings.filter((f) => f.severity === severity).length }))
    .filter(({ n }) => n > 0);
  if (counts.length === 0) return <Chip tone="good">{t('lint.none')}</Chip>;
  return (
    <div className="chips">
      {counts.map(({ severity, n }) => (
        <Chip key={severity} tone={severity === 'BLOCKS' ? 'bad' : severity === 'WARNS' ? 'warn' : 'plain'}>
          {t('lint.count', { severity: term('findingSeverity', severity), n })}
        </Chip>
      ))}
    </div>
  );
}
