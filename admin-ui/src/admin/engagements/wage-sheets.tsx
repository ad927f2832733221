import { Button, Modal, Space } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { OpenWageProofDocument, WageSheetsDocument, type WageSheetsQuery } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useReturnFocus } from '../kit/focus';
import { useFormat } from '../kit/format';
import { useMoney } from '../kit/money';
import { OpenFile } from '../kit/open-file';
import { Paged } from '../kit/paged';
import { usePages } from '../kit/pager';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { WageForm } from './wage-form';

export type Sheet = NonNullable<WageSheetsQuery['wageSheets']>['edges'][number]['node'];
type Line = Sheet['lines'][number];

interface Props {
  postingId: string;
  title: string;
  onClose: () => void;
}

/** The wage sheets of a posting (工资支付台账): kept three years, each line with its proof. */
export function WageSheets({ postingId, title, onClose }: Props) {
  const t = useT();
  const { can } = useSession();
  useReturnFocus();
  const pages = usePages(postingId);
  const [editing, setEditing] = useState<{ sheet: Sheet | null } | null>(null);
  const query = useQuery({ query: WageSheetsDocument, variables: { postingId, first: 10, after: pages.after } });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  const lines = (query[0].data?.wageSheets?.edges ?? []).flatMap(({ node }) => node.lines);
  const paid = new Set(lines.map(({ engagementId }) => engagementId));
  return (
    <Modal
      open
      width={980}
      title={t('sheets.title', { title })}
      destroyOnHidden
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t('action.close')}</Button>}
    >
      {can('engagement.pay') ? (
        <Button className="gap" onClick={() => setEditing({ sheet: null })}>
          {t('sheets.add')}
        </Button>
      ) : null}
      <Paged query={query} pages={pages} of={(data) => data.wageSheets}>
        {(sheets) =>
          sheets.length ? (
            sheets.map((sheet) => <One key={sheet.id} sheet={sheet} onEdit={() => setEditing({ sheet })} />)
          ) : (
            <Nothing text={t('sheets.none')} />
          )
        }
      </Paged>
      {editing ? (
        <WageForm
          postingId={postingId}
          sheet={editing.sheet}
          paid={paid}
          onClose={() => setEditing(null)}
          onDone={refetch}
        />
      ) : null}
    </Modal>
  );
}

function One({ sheet, onEdit }: { sheet: Sheet; onEdit: () => void }) {
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  const at = format.dateTime(sheet.madeAt);
  return (
    <section aria-label={at}>
      <div className="list-head">
        <h3>{t('sheets.madeAt', { at, until: format.date(sheet.keepUntil) })}</h3>
        {can('engagement.pay') ? (
          <Button size="small" onClick={onEdit}>
            {t('action.edit')}
          </Button>
        ) : null}
      </div>
      <Lines lines={sheet.lines} />
    </section>
  );
}

function Lines({ lines }: { lines: Line[] }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const money = useMoney();
  return (
    <DataTable<Line>
      rowKey="engagementId"
      aria-label={t('sheets.lines')}
      size="small"
      dataSource={lines}
      scroll={{ x: 760 }}
      columns={[
        { title: t('engage.worker'), render: (_, l) => l.workerName ?? t('engage.nobody') },
        { title: t('sheets.minutes'), render: (_, l) => t('sheets.hoursOf', { n: (l.minutes / 60).toFixed(1) }) },
        { title: t('engage.agreed'), render: (_, l) => money.amount(l.agreedFen) },
        { title: t('sheets.due'), render: (_, l) => money.amount(l.dueFen) },
        {
          title: t('sheets.deduction'),
          render: (_, l) =>
            l.deductionFen ? `${money.amount(l.deductionFen)} ${term('deduction', l.deductionReason)}` : '—',
        },
        { title: t('sheets.paid'), render: (_, l) => <b>{money.amount(l.paidFen)}</b> },
        {
          title: t('sheets.how'),
          render: (_, l) => (
            <>
              {term('payMethod', l.method)} <span className="soft">{format.dateTime(l.paidAt)}</span>{' '}
              {l.proven ? <Proof line={l} /> : null}
            </>
          ),
        },
      ]}
    />
  );
}

/** The proof may name others who were paid with the same transfer: the staff say why they look. */
export function Proof({ line }: { line: Pick<Line, 'engagementId' | 'workerName'> }) {
  const t = useT();
  const { can } = useSession();
  const [run] = useAction(OpenWageProofDocument);
  const name = line.workerName ?? t('engage.nobody');
  return (
    <Space size={4} wrap>
      <Chip tone="good">{t('sheets.proven')}</Chip>
      {can('engagement.pay') ? (
        <OpenFile
          name="wage-proof"
          title={t('sheets.openProofOf', { name })}
          text={t('sheets.openProof')}
          open={(reason) => run({ id: line.engagementId, reason })}
        />
      ) : null}
    </Space>
  );
}
