import { Form, Input, InputNumber } from 'antd';
import { useT } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import { type AgencyWholeFragment, type AnnualReportInput, RecordAnnualReportDocument } from '../../gql/graphql';
import { FormDialog } from '../../kit/form';
import { today, useFormat } from '../../kit/format';
import { PartList } from '../../kit/parts';
import { useRequired } from '../../kit/rules';
import type { AgencyTabProps } from '../detail';
import { ReportDue } from '../tags';

type Report = AgencyWholeFragment['annualReports'][number];

/** Annual reports (年度报告) that came in, and whether that of last year is due. */
export function ReportsTab({ agency, refetch }: AgencyTabProps) {
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  return (
    <PartList<Report>
      title={t('agencies.tab.reports')}
      lead={
        <p>
          <ReportDue agency={agency} />
        </p>
      }
      rows={agency.annualReports}
      empty={t('reportsDue.none')}
      nameOf={(r) => String(r.year)}
      addText={t('reportsDue.record')}
      canEdit={false}
      refetch={refetch}
      dialog={
        can('agency.keep')
          ? (_, close) => <ReportDialog agency={agency} onClose={close} refetch={refetch} />
          : undefined
      }
      columns={[
        { title: t('reportsDue.year'), render: (_, r) => r.year },
        { title: t('reportsDue.on'), render: (_, r) => format.date(r.reportedOn) },
        { title: t('agencies.note'), render: (_, r) => r.note ?? '—' },
      ]}
    />
  );
}

function ReportDialog({ agency, onClose, refetch }: AgencyTabProps & { onClose: () => void }) {
  const t = useT();
  const required = useRequired();
  const [record] = useAction(RecordAnnualReportDocument);
  return (
    <FormDialog<AnnualReportInput>
      name="annual-report"
      title={t('reportsDue.record')}
      initial={{ year: agency.annualReportDue.year, reportedOn: today() }}
      onClose={onClose}
      onDone={refetch}
      onSubmit={({ year, reportedOn, note }) =>
        record({ agencyId: agency.id, input: { year, reportedOn, note: note?.trim() || null } })
      }
    >
      <Form.Item name="year" label={t('reportsDue.year')} rules={required(t('reportsDue.year'))}>
        <InputNumber min={2018} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="reportedOn" label={t('reportsDue.on')} rules={required(t('reportsDue.on'))}>
        <Input type="date" max={today()} />
      </Form.Item>
      <Form.Item name="note" label={t('agencies.note')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
