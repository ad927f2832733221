import { Link } from '@tanstack/react-router';
import { Alert, Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  type PartyRecheckStatus,
  PartyRechecksDocument,
  type PartyRechecksQuery,
  RecordRecheckDocument,
} from '../gql/graphql';
import { Chip, type Tone } from '../kit/chip';
import { TermSelect } from '../kit/choice';
import { PaperField, useFile } from '../kit/file';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { Labelled } from '../kit/labelled';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { useRequired } from '../kit/rules';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { OpenEvidence } from './evidence';

type Row = NonNullable<PartyRechecksQuery['partyRechecks']>['edges'][number]['node'];
const TONES: Record<PartyRecheckStatus, Tone> = { OPEN: 'busy', PASSED: 'good', FAILED: 'bad', VOID: 'plain' };
const STATES: PartyRecheckStatus[] = ['OPEN', 'PASSED', 'FAILED', 'VOID'];

interface Props {
  /** Of one party; without, of all within reach. */
  partyId?: string;
  onChange?: () => void;
}

/** Sampling checks of verified parties (抽查), those due first: by somebody else than who verified. */
export function RecheckList({ partyId, onChange }: Props) {
  const t = useT();
  const [status, setStatus] = useState<PartyRecheckStatus | undefined>(partyId ? undefined : 'OPEN');
  const filter = { partyId: partyId ?? null, status: status ?? null };
  const pages = usePages(JSON.stringify(filter));
  const query = useQuery({
    query: PartyRechecksDocument,
    variables: { first: PAGE_SIZE, after: pages.after, filter },
  });
  const refetch = () => {
    query[1]({ requestPolicy: 'network-only' });
    onChange?.();
  };
  return (
    <section aria-labelledby="rechecks-title">
      <div className="list-head">
        <h2 id="rechecks-title">{t('rechecks.title')}</h2>
        <Labelled text={t('rechecks.status')}>
          {(id) => (
            <TermSelect
              id={id}
              group="recheckStatus"
              values={STATES}
              value={status}
              allowClear
              placeholder={t('choice.any')}
              onChange={(next) => setStatus(next as PartyRecheckStatus | undefined)}
            />
          )}
        </Labelled>
      </div>
      <p className="soft">{t('rechecks.lead')}</p>
      <Paged query={query} pages={pages} of={(data) => data.partyRechecks}>
        {(rows) => <RecheckTable rows={rows} ofOne={Boolean(partyId)} refetch={refetch} />}
      </Paged>
    </section>
  );
}

function RecheckTable({ rows, ofOne, refetch }: { rows: Row[]; ofOne: boolean; refetch: () => void }) {
  const t = useT();
  const format = useFormat();
  const { slug, can } = useSession();
  const [open, setOpen] = useState<string | null>(null);
  const row = rows.find(({ id }) => id === open);
  const party = {
    title: t('parties.name'),
    render: (_: unknown, r: Row) => (
      <>
        <Link to="/$slug/parties/$id" params={{ slug, id: r.party.id }} className="strong">
          {r.party.displayName}
        </Link>
        <div className="soft">{r.party.countyName}</div>
      </>
    ),
  };
  return (
    <>
      <DataTable<Row>
        rowKey="id"
        aria-label={t('rechecks.title')}
        dataSource={rows}
        scroll={{ x: 860 }}
        locale={{ emptyText: <Nothing text={t('rechecks.none')} /> }}
        columns={[
          ...(ofOne ? [] : [party]),
          {
            title: t('rechecks.why'),
            render: (_, r) => r.reason ?? (r.draw ? t('rechecks.drawn', { month: r.draw }) : '—'),
          },
          { title: t('rechecks.status'), render: (_, r) => <Status row={r} /> },
          { title: t('rechecks.due'), className: 'nowrap', render: (_, r) => <Due row={r} /> },
          { title: t('rechecks.done'), className: 'nowrap', render: (_, r) => format.date(r.doneOn) },
          { title: t('rechecks.doneBy'), className: 'nowrap', render: (_, r) => r.doneBy?.name ?? '—' },
          {
            title: t('rechecks.finding'),
            render: (_, r) => (
              <>
                {r.finding ?? '—'}{' '}
                {r.hasEvidence ? (
                  <OpenEvidence of={r.id} name={t('rechecks.evidenceOf', { name: r.party.displayName })} />
                ) : null}
              </>
            ),
          },
          {
            title: t('parts.actions'),
            key: 'actions',
            render: (_, r) =>
              r.status === 'OPEN' && can('party.recheck') ? (
                <Button
                  size="small"
                  aria-label={t('rechecks.recordOne', { name: r.party.displayName })}
                  onClick={() => setOpen(r.id)}
                >
                  {t('rechecks.record')}
                </Button>
              ) : null,
          },
        ]}
      />
      {row ? <RecordDialog row={row} onClose={() => setOpen(null)} refetch={refetch} /> : null}
    </>
  );
}

function Status({ row }: { row: Row }) {
  const t = useT();
  const term = useTerm();
  return (
    <div className="chips">
      <Chip tone={TONES[row.status]}>{term('recheckStatus', row.status)}</Chip>
      {row.overdue ? <Chip tone="bad">{t('postings.overdue')}</Chip> : null}
    </div>
  );
}

function Due({ row }: { row: Row }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      {format.date(row.dueOn)}
      {row.provisional ? <div className="soft">{t('rechecks.provisional')}</div> : null}
    </>
  );
}

interface RecordProps {
  row: Row;
  onClose: () => void;
  refetch: () => void;
}

function RecordDialog({ row, onClose, refetch }: RecordProps) {
  const t = useT();
  const [record] = useAction(RecordRecheckDocument);
  const { setFile, send } = useFile('PARTY_EVIDENCE');
  return (
    <FormDialog<{ passed: boolean; finding?: string }>
      name="recheck"
      title={t('rechecks.recordOne', { name: row.party.displayName })}
      initial={{ passed: true }}
      onClose={onClose}
      onDone={refetch}
      onClash={refetch}
      onSubmit={async ({ passed, finding }) => {
        const paper = await send();
        if (paper.kind !== 'done') return paper;
        return record({
          id: row.id,
          version: row.version,
          input: { passed, finding: finding?.trim() || null, evidence: paper.value.id },
        });
      }}
    >
      <RecordFields onFile={setFile} />
    </FormDialog>
  );
}

function RecordFields({ onFile }: { onFile: (file: File | null) => void }) {
  const t = useT();
  const term = useTerm();
  const required = useRequired();
  const failed = Form.useWatch('passed') === false;
  return (
    <>
      <Form.Item name="passed" label={t('rechecks.result')}>
        <Radio.Group
          options={[
            { value: true, label: term('recheckStatus', 'PASSED') },
            { value: false, label: term('recheckStatus', 'FAILED') },
          ]}
        />
      </Form.Item>
      {failed ? <Alert className="gap" type="warning" showIcon title={t('rechecks.suspends')} /> : null}
      <Form.Item name="finding" label={t('rechecks.finding')} rules={failed ? required(t('rechecks.finding')) : []}>
        <Input.TextArea rows={3} maxLength={300} />
      </Form.Item>
      <PaperField id="recheck_evidence" label={t('steps.evidence')} onChoose={onFile} />
    </>
  );
}
