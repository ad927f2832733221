import { Checkbox, Form } from 'antd';
import { useDisplay } from '../app/display';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { FreezeProvinceReportDocument } from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import type { Props as ReportsProps } from './reports';

interface Props extends ReportsProps {
  onClose: () => void;
}

/** Says what would be frozen (定稿), and has each city that lacks named: none is forgotten. */
export function FreezeReport({ reports, rows, year, refetch, onClose }: Props) {
  const t = useT();
  const term = useTerm();
  const tell = useTell();
  const format = useFormat();
  const { language } = useDisplay();
  const [freeze] = useAction(FreezeProvinceReportDocument);
  const accepted = rows.filter((r) => r.status === 'ACCEPTED');
  const lacking = reports.missing.map(({ city, status }) => ({
    code: city.code,
    name: language === 'en' ? city.nameEn : city.nameZh,
    status: term('return', status),
  }));
  const next = reports.version + 1;
  const markets = accepted.reduce((sum, r) => sum + (r.rowCount ?? 0), 0);
  return (
    <FormDialog<{ without?: string[] }>
      name="freeze-report"
      title={t('province.report.freezeTitle', { year, n: next })}
      submitText={t('province.report.freeze')}
      initial={{ without: [] }}
      onClose={onClose}
      onDone={(outcome) => {
        tell(outcome, t('province.report.frozen', { n: next }));
        refetch();
      }}
      onClash={refetch}
      onSubmit={async ({ without }) => {
        const still = (without ?? []).filter((code) => lacking.some((city) => city.code === code));
        const outcome = await freeze({ year, version: reports.version, without: still });
        // What lacks may be another city by now.
        if (outcome.kind === 'refused') refetch();
        return outcome;
      }}
    >
      <p>
        {accepted.length > 0
          ? t('province.report.freezeText', { cities: accepted.length, markets: format.number(markets) })
          : t('province.report.freezeNone')}
      </p>
      {lacking.length > 0 ? (
        <Form.Item
          name="without"
          label={t('province.report.lacks')}
          extra={t('province.report.lacksHint')}
          rules={[
            {
              validator: (_, ticked: string[] | undefined) => {
                const open = lacking.filter((city) => !ticked?.includes(city.code)).map((city) => city.name);
                if (open.length === 0) return Promise.resolve();
                return Promise.reject(new Error(t('province.report.lacksAll', { cities: format.list(open) })));
              },
            },
          ]}
        >
          <Checkbox.Group
            options={lacking.map(({ code, name, status }) => ({
              value: code,
              label: t('province.report.without', { city: name, status }),
            }))}
          />
        </Form.Item>
      ) : null}
    </FormDialog>
  );
}
