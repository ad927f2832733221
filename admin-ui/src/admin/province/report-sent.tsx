import { Form, Input } from 'antd';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { MarkProvinceReportSentDocument } from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { today } from '../kit/format';
import { useRequired } from '../kit/rules';
import { LIMITS } from '../markets/limits';
import type { Version } from './reports';

interface Props {
  of: Version;
  refetch: () => void;
  onClose: () => void;
}

/** When a version went to the ministry, and with which letter (记录上报); again, to correct it. */
export function SentReport({ of, refetch, onClose }: Props) {
  const t = useT();
  const tell = useTell();
  const required = useRequired();
  const [mark] = useAction(MarkProvinceReportSentDocument);
  return (
    <FormDialog<{ sentOn: string; documentNo?: string }>
      name="report-sent"
      title={t('province.report.sendTitle', { n: of.versionNo })}
      initial={{ sentOn: of.sentOn ?? today(), documentNo: of.documentNo ?? '' }}
      onClose={onClose}
      onDone={(outcome) => {
        tell(outcome, t('province.report.sent', { n: of.versionNo }));
        refetch();
      }}
      onClash={refetch}
      onSubmit={({ sentOn, documentNo }) =>
        mark({ id: of.id, version: of.version, sentOn, documentNo: documentNo?.trim() || null })
      }
    >
      <Form.Item name="sentOn" label={t('province.report.sentOn')} rules={required(t('province.report.sentOn'))}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="documentNo" label={t('province.report.documentNo')} extra={t('province.report.documentNoHint')}>
        <Input maxLength={LIMITS.documentNo} />
      </Form.Item>
    </FormDialog>
  );
}
