import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Form } from 'antd';
import { useRef, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { useT, useTerm } from '../../app/i18n';
import { Act } from '../../app/outcome';
import { useSession } from '../../app/session';
import { CheckPostingImportDocument, type PostingImportHeadFragment, PostingImportsDocument } from '../../gql/graphql';
import { sendFile } from '../../imports/upload';
import { Chip, type Tone } from '../../kit/chip';
import { useFormat } from '../../kit/format';
import { Page } from '../../kit/page';
import { Paged } from '../../kit/paged';
import { PAGE_SIZE, usePages } from '../../kit/pager';
import { Nothing } from '../../kit/state';
import { ErrorSummary, type Problem } from '../../kit/summary';
import { DataTable } from '../../kit/table';
import { AgencyPicker } from '../pickers';

const TONES: Record<string, Tone> = { APPLIED: 'good', APPLYING: 'busy', CHECKED: 'warn' };

/** An agency's postings by the hundred: a file is checked, every bad cell is named, and the good ones are published. */
export function PostingImports() {
  const t = useT();
  const pages = usePages();
  const query = useQuery({ query: PostingImportsDocument, variables: { first: PAGE_SIZE, after: pages.after } });
  return (
    <Page title={t('postingImports.title')} lead={t('postingImports.lead')}>
      <NewImport />
      <h2>{t('imports.earlier')}</h2>
      <Paged query={query} pages={pages} of={(data) => data.postingImports}>
        {(rows) => <ImportTable rows={rows} />}
      </Paged>
    </Page>
  );
}

function NewImport() {
  const t = useT();
  const client = useClient();
  const navigate = useNavigate();
  const { slug, can } = useSession();
  const act = useRef(new Act());
  const [file, setFile] = useState<File | null>(null);
  const [agency, setAgency] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);
  const send = async (chosen: File) => {
    const upload = await sendFile(client, chosen, 'POSTINGS', act.current);
    if (upload.kind !== 'done') return upload;
    return act.current.run(client, CheckPostingImportDocument, {
      uploadId: upload.value.id,
      agencyId: agency ?? null,
    });
  };
  const start = async () => {
    if (!file) {
      setProblems([{ fieldId: 'posting-file', message: t('postingImports.noFile') }]);
      return;
    }
    setBusy(true);
    setProblems([]);
    const outcome = await send(file);
    setBusy(false);
    if (outcome.kind === 'done')
      await navigate({ to: '/$slug/posting-imports/$id', params: { slug, id: outcome.value.id } });
    else
      setProblems([
        {
          fieldId: outcome.kind === 'refused' && outcome.field === 'agencyId' ? 'posting-agency' : 'posting-file',
          message: outcome.message,
        },
      ]);
  };
  return (
    <section className="card" aria-labelledby="new-posting-import">
      <h2 id="new-posting-import">{t('postingImports.new')}</h2>
      <ErrorSummary problems={problems} />
      <ol className="steps-hint">
        <li>{t('postingImports.step1')}</li>
        <li>{t('postingImports.step2')}</li>
        <li>{t('postingImports.step3')}</li>
      </ol>
      <Form layout="vertical" onFinish={() => void start()} requiredMark={false}>
        <div className="filter-grid">
          <div className="field wide">
            <label htmlFor="posting-file">{t('imports.file')}</label>
            <input
              id="posting-file"
              type="file"
              className="file"
              accept=".xlsx,.csv"
              aria-describedby="posting-file-hint"
              onChange={(e) => {
                setFile(e.target.files?.[0] ?? null);
                setProblems([]);
              }}
            />
            <p className="soft" id="posting-file-hint">
              {t('postingImports.fileHint')}
            </p>
          </div>
          {can('agency.read') ? (
            <div className="field wide">
              <label htmlFor="posting-agency">{t('postingImports.agency')}</label>
              <AgencyPicker id="posting-agency" allowClear value={agency} onChange={setAgency} />
              <p className="soft">{t('postingImports.agencyHint')}</p>
            </div>
          ) : null}
        </div>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('imports.check')}
        </Button>
      </Form>
    </section>
  );
}

function ImportTable({ rows }: { rows: PostingImportHeadFragment[] }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { slug } = useSession();
  return (
    <DataTable<PostingImportHeadFragment>
      rowKey="id"
      aria-label={t('imports.earlier')}
      dataSource={rows}
      scroll={{ x: 760 }}
      locale={{ emptyText: <Nothing text={t('imports.none')} /> }}
      columns={[
        {
          title: t('imports.col.file'),
          render: (_, i) => (
            <Link to="/$slug/posting-imports/$id" params={{ slug, id: i.id }} className="strong">
              {i.fileName}
            </Link>
          ),
        },
        {
          title: t('imports.col.status'),
          render: (_, i) => <Chip tone={TONES[i.status] ?? 'plain'}>{term('postingImport', i.status)}</Chip>,
        },
        {
          title: t('imports.col.rows'),
          render: (_, i) => t('imports.rowsText', { n: i.rowCount, good: i.goodRows, bad: i.badRows }),
        },
        {
          title: t('postingImports.came'),
          render: (_, i) =>
            i.status === 'APPLIED' ? t('postingImports.cameOf', { published: i.published, review: i.inReview }) : '—',
        },
        { title: t('imports.col.at'), className: 'nowrap', render: (_, i) => format.dateTime(i.createdAt) },
        { title: t('imports.col.kept'), className: 'nowrap', render: (_, i) => format.date(i.keptUntil) },
      ]}
    />
  );
}
