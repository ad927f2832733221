import { Checkbox, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import {
  AddLedgerEntryDocument,
  AgencyLedgerDocument,
  type AgencyLedgerQuery,
  type AgencyServiceKind,
  ExportServiceLedgerDocument,
  type LedgerEntryInput,
} from '../../gql/graphql';
import { Chip } from '../../kit/chip';
import { TermSelect } from '../../kit/choice';
import { ExportButton } from '../../kit/download';
import { FormDialog } from '../../kit/form';
import { today, useFormat } from '../../kit/format';
import { Labelled } from '../../kit/labelled';
import { Paged } from '../../kit/paged';
import { PAGE_SIZE, usePages } from '../../kit/pager';
import { PartList } from '../../kit/parts';
import { useRequired } from '../../kit/rules';
import type { AgencyTabProps } from '../detail';

type Row = NonNullable<AgencyLedgerQuery['agencyLedger']>['edges'][number]['node'];
const KINDS: AgencyServiceKind[] = ['INTRODUCTION', 'RECRUITMENT', 'JOB_FAIR', 'ONLINE', 'OTHER'];

interface Chosen {
  kind?: AgencyServiceKind;
  from?: string;
  to?: string;
}

/** The service ledger (服务台账): kept as long as the law says, and handed out as a workbook. */
export function LedgerTab({ agency }: AgencyTabProps) {
  const t = useT();
  const { can } = useSession();
  const [chosen, setChosen] = useState<Chosen>({});
  const filter = { kind: chosen.kind ?? null, from: chosen.from || null, to: chosen.to || null };
  const pages = usePages(JSON.stringify(filter));
  const query = useQuery({
    query: AgencyLedgerDocument,
    variables: { id: agency.id, first: PAGE_SIZE, after: pages.after, filter },
  });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  const [run] = useAction(ExportServiceLedgerDocument);
  const set = (change: Chosen) => setChosen({ ...chosen, ...change });
  return (
    <>
      <div className="filters">
        <div className="filter-grid">
          <Labelled text={t('ledger.kind')}>
            {(id) => (
              <TermSelect
                id={id}
                group="agencyService"
                values={KINDS}
                value={chosen.kind}
                allowClear
                placeholder={t('choice.any')}
                onChange={(kind) => set({ kind: kind as AgencyServiceKind | undefined })}
              />
            )}
          </Labelled>
          {(['from', 'to'] as const).map((key) => (
            <Labelled key={key} text={t(`ledger.${key}`)}>
              {(id) => (
                <Input id={id} type="date" value={chosen[key] ?? ''} onChange={(e) => set({ [key]: e.target.value })} />
              )}
            </Labelled>
          ))}
        </div>
        {can('agency.export') ? (
          <div className="actions">
            <ExportButton formats={['XLSX']} run={() => run({ agencyId: agency.id, filter })} />
          </div>
        ) : null}
      </div>
      <Paged query={query} pages={pages} of={(data) => data.agencyLedger}>
        {(rows) => <Entries agencyId={agency.id} rows={rows} refetch={refetch} />}
      </Paged>
    </>
  );
}

function Entries({ agencyId, rows, refetch }: { agencyId: string; rows: Row[]; refetch: () => void }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  return (
    <PartList<Row>
      title={t('agencies.tab.ledger')}
      rows={rows}
      empty={t('ledger.none')}
      nameOf={(row) => row.hiringParty}
      addText={t('ledger.add')}
      canEdit={false}
      refetch={refetch}
      dialog={
        can('agency.keep')
          ? (_, close) => <EntryDialog agencyId={agencyId} onClose={close} refetch={refetch} />
          : undefined
      }
      columns={[
        { title: t('ledger.servedOn'), className: 'nowrap', render: (_, e) => format.date(e.servedOn) },
        { title: t('ledger.kind'), render: (_, e) => term('agencyService', e.kind) },
        {
          title: t('ledger.party'),
          render: (_, e) => (
            <>
              {e.hiringParty} {e.household ? <Chip>{term('partyKind', 'HOUSEHOLD')}</Chip> : null}
            </>
          ),
        },
        { title: t('ledger.workers'), render: (_, e) => e.workers },
        { title: t('ledger.result'), render: (_, e) => e.result },
        { title: t('ledger.keptUntil'), className: 'nowrap', render: (_, e) => format.date(e.keptUntil) },
      ]}
    />
  );
}

interface DialogProps {
  agencyId: string;
  onClose: () => void;
  refetch: () => void;
}

function EntryDialog({ agencyId, onClose, refetch }: DialogProps) {
  const t = useT();
  const required = useRequired();
  const [add] = useAction(AddLedgerEntryDocument);
  return (
    <FormDialog<LedgerEntryInput>
      name="ledger"
      title={t('ledger.add')}
      initial={{ kind: 'INTRODUCTION', servedOn: today(), workers: 1, online: false, household: false }}
      onClose={onClose}
      onDone={refetch}
      onSubmit={(v) => add({ agencyId, input: { ...v, hiringParty: v.hiringParty.trim(), result: v.result.trim() } })}
    >
      <div className="filter-grid">
        <Form.Item name="kind" label={t('ledger.kind')}>
          <TermSelect group="agencyService" values={KINDS} />
        </Form.Item>
        <Form.Item name="servedOn" label={t('ledger.servedOn')} rules={required(t('ledger.servedOn'))}>
          <Input type="date" max={today()} />
        </Form.Item>
        <Form.Item name="workers" label={t('ledger.workers')} rules={required(t('ledger.workers'))}>
          <InputNumber min={0} max={10_000} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Form.Item name="hiringParty" label={t('ledger.party')} rules={required(t('ledger.party'))}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="household" valuePropName="checked">
        <Checkbox>{t('ledger.household')}</Checkbox>
      </Form.Item>
      <Form.Item name="online" valuePropName="checked" extra={t('ledger.onlineHint')}>
        <Checkbox>{t('ledger.online')}</Checkbox>
      </Form.Item>
      <Form.Item name="result" label={t('ledger.result')} rules={required(t('ledger.result'))}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
