import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Form } from 'antd';
import { useRef, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { Act } from '../app/outcome';
import { useSession } from '../app/session';
import { ImportsDocument, type ImportsQuery } from '../gql/graphql';
import { Chip, type Tone } from '../kit/chip';
import { DivisionPicker } from '../kit/division';
import { useFormat } from '../kit/format';
import { Page } from '../kit/page';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { Nothing } from '../kit/state';
import { ErrorSummary, type Problem } from '../kit/summary';
import { DataTable } from '../kit/table';
import { uploadAndCheck } from './upload';

type Row = NonNullable<ImportsQuery['directoryImports']>['edges'][number]['node'];
const TONES: Record<string, Tone> = {
  APPLIED: 'good',
  FAILED: 'bad',
  APPLYING: 'busy',
  READING: 'busy',
  CHECKED: 'warn',
};

/** Bring in an annex-2 form (附件 2 名录表), and what was brought in before. */
export function ImportList() {
  const t = useT();
  const { slug, can } = useSession();
  const pages = usePages();
  const query = useQuery({ query: ImportsDocument, variables: { first: PAGE_SIZE, after: pages.after } });
  return (
    <Page title={t('imports.title')} lead={t('imports.lead')}>
      {can('import.check') ? <NewImport slug={slug} /> : null}
      <h2>{t('imports.earlier')}</h2>
      <Paged query={query} pages={pages} of={(data) => data.directoryImports}>
        {(rows) => <ImportTable slug={slug} rows={rows} />}
      </Paged>
    </Page>
  );
}

function NewImport({ slug }: { slug: string }) {
  const t = useT();
  const client = useClient();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const act = useRef(new Act());
  const [file, setFile] = useState<File | null>(null);
  const [place, setPlace] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);

  const start = async () => {
    if (!file) {
      setProblems([{ fieldId: 'import-file', message: t('imports.noFile') }]);
      return;
    }
    setBusy(true);
    setProblems([]);
    const outcome = await uploadAndCheck(client, file, place ?? null, act.current);
    setBusy(false);
    if (outcome.kind === 'done') await navigate({ to: '/$slug/imports/$id', params: { slug, id: outcome.value.id } });
    else setProblems([{ fieldId: 'import-file', message: outcome.message }]);
  };

  return (
    <section className="card" aria-labelledby="new-import">
      <h2 id="new-import">{t('imports.new')}</h2>
      <ErrorSummary problems={problems} />
      <ol className="steps-hint">
        <li>{t('imports.step1')}</li>
        <li>{t('imports.step2')}</li>
        <li>{t('imports.step3')}</li>
      </ol>
      <Form layout="vertical" onFinish={() => void start()} requiredMark={false}>
        <div className="filter-grid">
          <div className="field wide">
            <label htmlFor="import-file">{t('imports.file')}</label>
            <input
              ref={input}
              id="import-file"
              type="file"
              className="file"
              accept=".xlsx,.csv,.xls"
              aria-describedby="import-file-hint"
              onChange={(e) => {
                setFile(e.target.files?.[0] ?? null);
                setProblems([]);
              }}
            />
            <p className="soft" id="import-file-hint">
              {t('imports.fileHint')}
            </p>
          </div>
          <div className="field wide">
            <label htmlFor="import-place">{t('imports.place')}</label>
            <DivisionPicker id="import-place" allowClear value={place} onChange={setPlace} />
            <p className="soft">{t('imports.placeHint')}</p>
          </div>
        </div>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('imports.check')}
        </Button>
      </Form>
    </section>
  );
}

function ImportTable({ slug, rows }: { slug: string; rows: Row[] }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  return (
    <DataTable<Row>
      rowKey="id"
      dataSource={rows}
      scroll={{ x: 760 }}
      locale={{ emptyText: <Nothing text={t('imports.none')} /> }}
      columns={[
        {
          title: t('imports.col.file'),
          render: (_, i) => (
            <Link to="/$slug/imports/$id" params={{ slug, id: i.id }} className="strong">
              {i.fileName}
            </Link>
          ),
        },
        {
          title: t('imports.col.status'),
          render: (_, i) => (
            <>
              <Chip tone={TONES[i.status] ?? 'plain'}>{term('import', i.status)}</Chip>
              {i.refusal ? <div className="soft">{i.refusal}</div> : null}
            </>
          ),
        },
        {
          title: t('imports.col.rows'),
          render: (_, i) =>
            i.refusal && i.rowCount === 0
              ? '—'
              : t('imports.rowsText', { n: i.rowCount, good: i.goodRows, bad: i.badRows }),
        },
        { title: t('imports.col.at'), className: 'nowrap', render: (_, i) => format.dateTime(i.createdAt) },
        { title: t('imports.col.kept'), className: 'nowrap', render: (_, i) => format.date(i.keptUntil) },
        {
          title: t('imports.col.original'),
          render: (_, i) =>
            i.fileUrl ? (
              <a href={i.fileUrl} download={i.fileName} aria-label={t('imports.originalOf', { name: i.fileName })}>
                {t('imports.download')}
              </a>
            ) : (
              '—'
            ),
        },
      ]}
    />
  );
}
