import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import {
  AgencyReceiptsDocument,
  type AgencyReceiptsQuery,
  type AgencyWholeFragment,
  type FeeReceiptInput,
  RecordFeeReceiptDocument,
} from '../../gql/graphql';
import { Chip } from '../../kit/chip';
import { FormDialog } from '../../kit/form';
import { today, useFormat } from '../../kit/format';
import { useMoney, YuanInput, yuan } from '../../kit/money';
import { Paged } from '../../kit/paged';
import { PAGE_SIZE, usePages } from '../../kit/pager';
import { PartList } from '../../kit/parts';
import { useRequired } from '../../kit/rules';
import type { AgencyTabProps } from '../detail';
import { RefundDueDialog, RefundedDialog } from './refunds';

type Row = NonNullable<AgencyReceiptsQuery['agencyReceipts']>['edges'][number]['node'];

/** Receipts for fees (收费凭证), by the list that held on their day; of a failed placement the fee is paid back. */
export function ReceiptsTab({ agency }: AgencyTabProps) {
  const t = useT();
  const [due, setDue] = useState(false);
  const filter = due ? { refundDue: true } : null;
  const pages = usePages(String(due));
  const query = useQuery({
    query: AgencyReceiptsDocument,
    variables: { id: agency.id, first: PAGE_SIZE, after: pages.after, filter },
  });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <>
      <Checkbox checked={due} onChange={(e) => setDue(e.target.checked)}>
        {t('receipts.onlyDue')}
      </Checkbox>
      <Paged query={query} pages={pages} of={(data) => data.agencyReceipts}>
        {(rows) => <Receipts agency={agency} rows={rows} refetch={refetch} />}
      </Paged>
    </>
  );
}

function Receipts({ agency, rows, refetch }: AgencyTabProps & { rows: Row[] }) {
  const t = useT();
  const { amount } = useMoney();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  const [asking, setAsking] = useState<{ id: string; done: boolean } | null>(null);
  const row = rows.find(({ id }) => id === asking?.id);
  const may = can('agency.keep');
  return (
    <>
      <PartList<Row>
        title={t('agencies.tab.receipts')}
        rows={rows}
        empty={t('receipts.none')}
        nameOf={(r) => r.receiptNo}
        addText={t('receipts.add')}
        canEdit={false}
        refetch={refetch}
        dialog={
          may && agency.priceList
            ? (_, close) => <ReceiptDialog agency={agency} onClose={close} refetch={refetch} />
            : undefined
        }
        columns={[
          { title: t('receipts.no'), render: (_, r) => r.receiptNo },
          { title: t('receipts.issuedOn'), className: 'nowrap', render: (_, r) => format.date(r.issuedOn) },
          {
            title: t('ledger.party'),
            render: (_, r) => (
              <>
                {r.hiringParty} {r.household ? <Chip>{term('partyKind', 'HOUSEHOLD')}</Chip> : null}
              </>
            ),
          },
          {
            title: t('receipts.what'),
            render: (_, r) =>
              r.item ? t('receipts.times', { item: r.item.item, n: r.quantity, unit: r.item.unit }) : '—',
          },
          { title: t('receipts.paid'), render: (_, r) => amount(r.fen) },
          { title: t('receipts.refund'), render: (_, r) => <Refund row={r} /> },
          { title: t('ledger.keptUntil'), className: 'nowrap', render: (_, r) => format.date(r.keptUntil) },
          ...(may
            ? [
                {
                  title: t('receipts.step'),
                  key: 'refund',
                  render: (_: unknown, r: Row) =>
                    r.refundedOn ? null : (
                      <Button
                        size="small"
                        aria-label={t(r.refundDue ? 'receipts.refundedOne' : 'receipts.dueOne', { no: r.receiptNo })}
                        onClick={() => setAsking({ id: r.id, done: r.refundDue })}
                      >
                        {t(r.refundDue ? 'receipts.refunded' : 'receipts.due')}
                      </Button>
                    ),
                },
              ]
            : []),
        ]}
      />
      {row && asking ? (
        asking.done ? (
          <RefundedDialog row={row} onClose={() => setAsking(null)} refetch={refetch} />
        ) : (
          <RefundDueDialog row={row} onClose={() => setAsking(null)} refetch={refetch} />
        )
      ) : null}
    </>
  );
}

function Refund({ row: r }: { row: Row }) {
  const t = useT();
  const format = useFormat();
  if (r.refundedOn) return <Chip tone="good">{t('receipts.refundedOn', { date: format.date(r.refundedOn) })}</Chip>;
  if (!r.refundDue) return <>—</>;
  return (
    <>
      <Chip tone="bad">{t('receipts.isDue')}</Chip>
      <div className="soft">
        {t('receipts.failed', { date: format.date(r.failedOn), reason: r.failedReason ?? '' })}
      </div>
    </>
  );
}

interface DialogProps {
  agency: AgencyWholeFragment;
  onClose: () => void;
  refetch: () => void;
}

function ReceiptDialog({ agency, onClose, refetch }: DialogProps) {
  const t = useT();
  const required = useRequired();
  const [record] = useAction(RecordFeeReceiptDocument);
  return (
    <FormDialog<FeeReceiptInput & { itemId: string }>
      name="receipt"
      title={t('receipts.add')}
      initial={{ issuedOn: today(), quantity: 1, household: false }}
      onClose={onClose}
      onDone={refetch}
      onSubmit={({ itemId, ...v }) =>
        record({ itemId, input: { ...v, hiringParty: v.hiringParty.trim(), receiptNo: v.receiptNo.trim() } })
      }
    >
      <Form.Item name="itemId" label={t('receipts.what')} rules={required(t('receipts.what'))}>
        <Select
          options={(agency.priceList?.items ?? []).map((i) => ({
            value: i.id,
            label: `${i.item} · ${t('postings.wage', { yuan: yuan(i.fen), unit: i.unit })}`,
          }))}
        />
      </Form.Item>
      <div className="filter-grid">
        <Form.Item name="receiptNo" label={t('receipts.no')} rules={required(t('receipts.no'))}>
          <Input maxLength={50} />
        </Form.Item>
        <Form.Item name="issuedOn" label={t('receipts.issuedOn')} rules={required(t('receipts.issuedOn'))}>
          <Input type="date" max={today()} />
        </Form.Item>
        <Form.Item name="quantity" label={t('receipts.quantity')} rules={required(t('receipts.quantity'))}>
          <InputNumber min={1} max={10_000} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="fen" label={t('receipts.paidYuan')} rules={required(t('receipts.paidYuan'))}>
          <YuanInput />
        </Form.Item>
      </div>
      <Form.Item
        name="hiringParty"
        label={t('receipts.from')}
        extra={t('receipts.fromHint')}
        rules={required(t('receipts.from'))}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="household" valuePropName="checked">
        <Checkbox>{t('ledger.household')}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
