import { DownloadOutlined } from '@ant-design/icons';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import { ApplyPostingImportDocument, PostingImportPageDocument, type PostingImportPageQuery } from '../../gql/graphql';
import { begins, JobBar } from '../../house/bar';
import { useJob } from '../../house/follow';
import { save } from '../../kit/download';
import { Figure } from '../../kit/facts';
import { useFormat } from '../../kit/format';
import { Found } from '../../kit/found';
import { LinkButton } from '../../kit/link';
import { Page } from '../../kit/page';
import { PAGE_SIZE, Pager, usePages } from '../../kit/pager';
import { ErrorSummary, type Problem } from '../../kit/summary';
import { ImportRows } from './rows';

const route = getRouteApi('/$slug/posting-imports/$id');
type Import = NonNullable<PostingImportPageQuery['postingImport']>;

/** One file of postings: what is wrong with which cell, the choice what to do, and what came of it. */
export function PostingImportDetail() {
  const t = useT();
  const { id } = route.useParams();
  const [onlyBad, setOnlyBad] = useState(false);
  const pages = usePages(String(onlyBad));
  const query = useQuery({
    query: PostingImportPageDocument,
    variables: { id, first: PAGE_SIZE, after: pages.after, onlyBad },
  });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <Found query={query} of={(data) => data.postingImport}>
      {(item) => (
        <Page title={item.fileName} lead={<Lead item={item} />} actions={<Files item={item} />}>
          <Stage item={item} refetch={refetch} />
          {item.rows && item.rowCount > 0 ? (
            <section aria-label={t('imports.rows')}>
              <div className="list-head">
                <h2>{t('imports.rows')}</h2>
                <Checkbox checked={onlyBad} onChange={(e) => setOnlyBad(e.target.checked)}>
                  {t('imports.onlyBad', { n: item.badRows })}
                </Checkbox>
              </div>
              <ImportRows rows={item.rows.edges.map(({ node }) => node)} />
              <Pager
                pages={pages}
                pageInfo={item.rows.pageInfo}
                totalCount={item.rows.totalCount}
                shown={item.rows.edges.length}
              />
            </section>
          ) : null}
        </Page>
      )}
    </Found>
  );
}

function Lead({ item }: { item: Import }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  return (
    <>
      {[
        term('postingImport', item.status),
        format.dateTime(item.createdAt),
        t('imports.keptUntil', { date: format.date(item.keptUntil) }),
      ].join(' · ')}
    </>
  );
}

function Files({ item: { fileUrl, fileName, reportUrl } }: { item: Import }) {
  const t = useT();
  return (
    <>
      {fileUrl ? (
        <Button icon={<DownloadOutlined />} onClick={() => save(fileUrl, fileName)}>
          {t('imports.original')}
        </Button>
      ) : null}
      {reportUrl ? (
        <Button
          icon={<DownloadOutlined />}
          onClick={() => save(reportUrl, `${fileName.replace(/\.(xlsx|csv)$/i, '')}-report.xlsx`)}
        >
          {t('imports.report')}
        </Button>
      ) : null}
    </>
  );
}

interface StageProps {
  item: Import;
  refetch: () => void;
}

function Stage({ item, refetch }: StageProps) {
  const { can } = useSession();
  if (item.status === 'APPLYING') return <Running item={item} refetch={refetch} />;
  if (item.status === 'APPLIED') return <Applied item={item} />;
  return can('posting.import') ? <Apply item={item} refetch={refetch} /> : null;
}

/** What the check found. A file with bad rows is published without them when that is said, and by another button. */
function Apply({ item, refetch }: StageProps) {
  const t = useT();
  const [problems, setProblems] = useState<Problem[]>([]);
  const [apply, busy] = useAction(ApplyPostingImportDocument);
  const start = async () => {
    setProblems([]);
    const outcome = await apply({ id: item.id, version: item.version, withoutBadRows: item.badRows > 0 });
    if (outcome.kind === 'done') refetch();
    else setProblems([{ message: outcome.message }]);
  };
  return (
    <section className="card" aria-labelledby="checked">
      <h2 id="checked">{t('imports.dryRun')}</h2>
      <p>{t(item.badRows > 0 ? 'postingImports.bad' : 'postingImports.good')}</p>
      <dl className="figures">
        <Figure label={t('imports.figure.rows')}>{item.rowCount}</Figure>
        <Figure label={t('imports.figure.good')}>{item.goodRows}</Figure>
        <Figure label={t('imports.figure.bad')} bad={item.badRows > 0}>
          {item.badRows}
        </Figure>
      </dl>
      <ErrorSummary problems={problems} />
      <Button type="primary" loading={busy} disabled={item.goodRows === 0} onClick={() => void start()}>
        {t(item.badRows > 0 ? 'postingImports.applyGood' : 'postingImports.apply', { n: item.goodRows })}
      </Button>
    </section>
  );
}

function Running({ item, refetch }: StageProps) {
  const t = useT();
  const term = useTerm();
  const job = useJob(item.job?.id ?? null, item.job ? { ...item.job, finishedAt: null } : null, refetch);
  const doing = term('postingImport', item.status);
  return (
    <section className="card" aria-labelledby="running">
      <h2 id="running">{doing}</h2>
      <JobBar job={job} label={doing} />
      <p role="status">
        {begins(job) ? doing : t('imports.progress', { n: job?.progress ?? 0, total: job?.total ?? item.goodRows })}
      </p>
    </section>
  );
}

function Applied({ item }: { item: Import }) {
  const t = useT();
  const { slug, can } = useSession();
  return (
    <section className="card" aria-labelledby="applied">
      <h2 id="applied">{t('imports.done')}</h2>
      <dl className="figures">
        <Figure label={t('postingImports.published')}>{item.published}</Figure>
        <Figure label={t('postingImports.inReview')}>{item.inReview}</Figure>
        <Figure label={t('imports.figure.bad')} bad={item.badRows > 0}>
          {item.badRows}
        </Figure>
      </dl>
      <div className="actions">
        <LinkButton to="/$slug/postings" params={{ slug }} search={{ source: 'AGENCY_FEED' }}>
          {t('postingImports.toList')}
        </LinkButton>
        {item.inReview > 0 && can('posting.review') ? (
          <LinkButton to="/$slug/posting-reviews" params={{ slug }}>
            {t('review.title')}
          </LinkButton>
        ) : null}
      </div>
    </section>
  );
}
