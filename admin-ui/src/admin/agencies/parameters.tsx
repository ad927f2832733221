import { Button, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { AgencyParametersDocument, type AgencyParametersQuery, SetAgencyParameterDocument } from '../gql/graphql';
import { FormDialog } from '../kit/form';
import { today, useFormat } from '../kit/format';
import { Page } from '../kit/page';
import { useRequired } from '../kit/rules';
import { Loaded, Nothing } from '../kit/state';
import { DataTable } from '../kit/table';

type Parameter = NonNullable<AgencyParametersQuery['agencyParameters']>[number];

/** A day of the year is kept as month and day in one number: `331`. */
const isDay = ({ code }: Parameter) => code === 'ANNUAL_REPORT_BY';
const dayOf = (value: number) =>
  `${String(Math.floor(value / 100)).padStart(2, '0')}-${String(value % 100).padStart(2, '0')}`;

/** What the law leaves to the city about agencies (机构监管参数), from a day on. */
export function AgencyParameters() {
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  const query = useQuery({ query: AgencyParametersDocument });
  const [setting, setSetting] = useState<Parameter | null>(null);
  const shown = (parameter: Parameter, value: number | null) =>
    value === null ? t('agencyParameters.unset') : isDay(parameter) ? dayOf(value) : format.number(value);
  return (
    <Page title={t('agencyParameters.title')} lead={t('agencyParameters.lead')}>
      <Loaded query={query}>
        {({ agencyParameters }) => (
          <DataTable<Parameter>
            rowKey="code"
            aria-label={t('agencyParameters.title')}
            dataSource={agencyParameters ?? []}
            scroll={{ x: 760 }}
            locale={{ emptyText: <Nothing text={t('agencyParameters.none')} /> }}
            columns={[
              {
                title: t('agencyParameters.what'),
                render: (_, p) => (
                  <>
                    <b>{p.title}</b>
                    <div className="soft">{p.law}</div>
                  </>
                ),
              },
              { title: t('agencyParameters.value'), render: (_, p) => shown(p, p.value) },
              { title: t('agencyParameters.usual'), render: (_, p) => shown(p, p.usual) },
              {
                title: t('agencyParameters.settings'),
                render: (_, p) =>
                  p.settings.length
                    ? format.lines(
                        p.settings.map((s) =>
                          t('agencyParameters.setting', {
                            date: format.date(s.effectiveFrom),
                            value: shown(p, s.value),
                          }),
                        ),
                      )
                    : '—',
              },
              ...(can('agency.parameters')
                ? [
                    {
                      title: t('parts.actions'),
                      key: 'actions',
                      render: (_: unknown, p: Parameter) => (
                        <Button
                          size="small"
                          aria-label={t('agencyParameters.setOne', { title: p.title })}
                          onClick={() => setSetting(p)}
                        >
                          {t('agencyParameters.set')}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Loaded>
      {setting ? (
        <SetDialog
          parameter={setting}
          onClose={() => setSetting(null)}
          refetch={() => query[1]({ requestPolicy: 'network-only' })}
        />
      ) : null}
    </Page>
  );
}

interface DialogProps {
  parameter: Parameter;
  onClose: () => void;
  refetch: () => void;
}

function SetDialog({ parameter, onClose, refetch }: DialogProps) {
  const t = useT();
  const required = useRequired();
  const [set] = useAction(SetAgencyParameterDocument);
  return (
    <FormDialog<{ value?: number | null; effectiveFrom: string }>
      name="parameter"
      title={parameter.title}
      initial={{ value: parameter.value, effectiveFrom: today() }}
      onClose={onClose}
      onDone={refetch}
      onSubmit={({ value, effectiveFrom }) =>
        set({ input: { code: parameter.code, value: value ?? null, effectiveFrom } })
      }
    >
      <p className="soft">{parameter.law}</p>
      <Form.Item
        name="value"
        label={t('agencyParameters.value')}
        extra={t(isDay(parameter) ? 'agencyParameters.dayHint' : 'agencyParameters.valueHint')}
      >
        <InputNumber min={1} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="effectiveFrom" label={t('agencyParameters.from')} rules={required(t('agencyParameters.from'))}>
        <Input type="date" />
      </Form.Item>
    </FormDialog>
  );
}
