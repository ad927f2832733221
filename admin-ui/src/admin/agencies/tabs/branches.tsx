import { Form, Input } from 'antd';
import { useT } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import { type AgencyBranchInput, type AgencyWholeFragment, SaveBranchDocument } from '../../gql/graphql';
import { Chip } from '../../kit/chip';
import { DivisionPicker } from '../../kit/division';
import { FormDialog } from '../../kit/form';
import { today, useFormat } from '../../kit/format';
import { PartList } from '../../kit/parts';
import { useRequired } from '../../kit/rules';
import type { AgencyTabProps } from '../detail';

type Branch = AgencyWholeFragment['branches'][number];

/** Branches (分支机构), and whether each was reported in writing in time. */
export function BranchesTab({ agency, refetch }: AgencyTabProps) {
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  return (
    <PartList<Branch>
      title={t('agencies.tab.branches')}
      rows={agency.branches}
      empty={t('branches.none')}
      nameOf={(b) => b.name}
      refetch={refetch}
      dialog={
        can('agency.keep')
          ? (row, close) => <BranchDialog agencyId={agency.id} row={row} onClose={close} refetch={refetch} />
          : undefined
      }
      columns={[
        { title: t('branches.name'), render: (_, b) => b.name },
        {
          title: t('branches.address'),
          render: (_, b) => (
            <>
              {b.address}
              <div className="soft">{b.countyName ?? b.county}</div>
            </>
          ),
        },
        { title: t('branches.setUpOn'), className: 'nowrap', render: (_, b) => format.date(b.setUpOn) },
        {
          title: t('branches.reportedOn'),
          render: (_, b) => (
            <>
              {b.reportedOn ? format.date(b.reportedOn) : t('branches.dueOn', { date: format.date(b.reportDueOn) })}{' '}
              {b.overdue ? <Chip tone="bad">{t('postings.overdue')}</Chip> : null}
            </>
          ),
        },
        { title: t('branches.closedOn'), className: 'nowrap', render: (_, b) => format.date(b.closedOn) },
      ]}
    />
  );
}

interface DialogProps {
  agencyId: string;
  row: Branch | null;
  onClose: () => void;
  refetch: () => void;
}

function BranchDialog({ agencyId, row, onClose, refetch }: DialogProps) {
  const t = useT();
  const required = useRequired();
  const [save] = useAction(SaveBranchDocument);
  return (
    <FormDialog<AgencyBranchInput>
      name="branch"
      title={t('branches.one')}
      {...(row ? { initial: row } : {})}
      onClose={onClose}
      onDone={refetch}
      onClash={row ? refetch : undefined}
      onSubmit={({ name, address, county, setUpOn, reportedOn, closedOn }) =>
        save({
          agencyId,
          id: row?.id ?? null,
          version: row?.version ?? null,
          input: {
            name: name.trim(),
            address: address.trim(),
            county,
            setUpOn,
            reportedOn: reportedOn || null,
            closedOn: closedOn || null,
          },
        })
      }
    >
      <Form.Item name="name" label={t('branches.name')} rules={required(t('branches.name'))}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="county" label={t('agencies.county')} rules={required(t('agencies.county'))}>
        <DivisionPicker />
      </Form.Item>
      <Form.Item name="address" label={t('branches.address')} rules={required(t('branches.address'))}>
        <Input maxLength={200} />
      </Form.Item>
      <div className="filter-grid">
        <Form.Item name="setUpOn" label={t('branches.setUpOn')} rules={required(t('branches.setUpOn'))}>
          <Input type="date" max={today()} />
        </Form.Item>
        <Form.Item name="reportedOn" label={t('branches.reportedOn')}>
          <Input type="date" max={today()} />
        </Form.Item>
        <Form.Item name="closedOn" label={t('branches.closedOn')}>
          <Input type="date" />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
