import { Checkbox, Form, Input, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { useT } from '../../app/i18n';
import { TermMulti, TermSelect } from '../../kit/choice';
import { DivisionPicker } from '../../kit/division';
import { TradesPicker } from '../../kit/trades';
import { LIMITS } from '../limits';
import { ENUMS } from '../search';
import { HoursEditor } from './hours';
import { ContactsEditor, FigureEditor, PointEditor } from './parts';

/** The fields of a market, in the order a clerk has them on paper. */
export function MarketFields({ registering }: { registering: boolean }) {
  const t = useT();
  return (
    <>
      <Name />
      <Operation registering={registering} />
      <Place />
      <Section id="market_hours" title={t('market.section.hours')}>
        <HoursEditor name="hours" />
      </Section>
      <Section title={t('market.section.work')}>
        <Form.Item name="trades" label={t('market.trades')} extra={t('market.tradesHint')}>
          <TradesPicker />
        </Form.Item>
        <Form.Item name="services" label={t('market.services')}>
          <TermMulti group="service" values={ENUMS.service} />
        </Form.Item>
      </Section>
      <Section id="market_contacts" title={t('market.section.contacts')}>
        <ContactsEditor />
      </Section>
      <Section title={t('market.section.figures')}>
        <FigureEditor name="seekerScale" label={t('market.seekerScale')} />
        <FigureEditor name="dailySuccesses" label={t('market.dailySuccesses')} />
      </Section>
      <Section title={t('market.section.other')}>
        <div className="filter-grid">
          <Form.Item name="areaSquareMetres" label={t('market.area')}>
            <InputNumber min={1} max={LIMITS.area} precision={0} style={{ width: '100%' }} />
          </Form.Item>
        </div>
        <Form.Item name="remark" label={t('market.remark')} extra={t('market.remarkHint')}>
          <Input.TextArea rows={3} maxLength={LIMITS.remark} />
        </Form.Item>
      </Section>
    </>
  );
}

function Name() {
  const t = useT();
  const basis = Form.useWatch('aliasBasis') as string | undefined;
  return (
    <Section title={t('market.section.name')}>
      <div className="filter-grid">
        <Form.Item
          className="wide"
          name="officialName"
          label={t('market.officialName')}
          extra={t('market.officialNameHint')}
          rules={[{ required: basis === 'OFFICIAL', message: t('market.officialNameMissing') }]}
        >
          <Input maxLength={LIMITS.name} />
        </Form.Item>
        <Form.Item
          name="alias"
          label={t('market.alias')}
          rules={[{ required: basis === 'CUSTOMARY', message: t('market.aliasMissing') }]}
        >
          <Input maxLength={LIMITS.name} />
        </Form.Item>
        <Form.Item name="aliasBasis" label={t('market.aliasBasis')} extra={t('market.aliasBasisHint')}>
          <TermSelect group="basis" values={ENUMS.basis} />
        </Form.Item>
      </div>
    </Section>
  );
}

function Operation({ registering }: { registering: boolean }) {
  const t = useT();
  const operator = Form.useWatch('operatorKind') as string | undefined;
  const nature = Form.useWatch('nature') as string | undefined;
  const licensed = Boolean(Form.useWatch('licenceNo', { preserve: true }));
  const named = operator !== undefined && operator !== 'NONE';
  return (
    <Section title={t('market.section.operation')}>
      <div className="filter-grid">
        <Form.Item
          name="nature"
          label={t('market.nature')}
          rules={[{ required: true, message: t('market.natureMissing') }]}
        >
          <TermSelect group="nature" values={ENUMS.nature} />
        </Form.Item>
        <Form.Item
          name="operatorKind"
          label={t('market.operatorKind')}
          rules={[{ required: true, message: t('market.operatorKindMissing') }]}
        >
          <TermSelect group="operator" values={ENUMS.operator} />
        </Form.Item>
        {named ? (
          <Form.Item className="wide" name="operatorName" label={t('market.operatorName')}>
            <Input maxLength={LIMITS.name} />
          </Form.Item>
        ) : null}
        {nature === 'COMMERCIAL' || licensed ? (
          <>
            <Form.Item
              className="wide"
              name="licenceNo"
              label={t('market.licenceNo')}
              extra={t('market.licenceNoHint')}
            >
              <Input maxLength={LIMITS.licence} />
            </Form.Item>
            <Form.Item name="licenceUntil" label={t('market.licenceUntil')} extra={t('market.licenceUntilHint')}>
              <Input type="date" />
            </Form.Item>
          </>
        ) : null}
        <Form.Item name="layout" label={t('market.layout')}>
          <TermSelect group="layout" values={ENUMS.layout} allowClear />
        </Form.Item>
      </div>
      <Form.Item name="publicInterest" valuePropName="checked">
        <Checkbox>{t('market.publicInterest')}</Checkbox>
      </Form.Item>
      {registering ? (
        <Form.Item name="planned" valuePropName="checked">
          <Checkbox>{t('market.planned')}</Checkbox>
        </Form.Item>
      ) : null}
    </Section>
  );
}

function Place() {
  const t = useT();
  return (
    <Section id="market_address" title={t('market.section.place')}>
      <div className="filter-grid">
        <Form.Item
          className="wide"
          name={['address', 'division']}
          label={t('market.division')}
          rules={[{ required: true, message: t('market.divisionMissing') }]}
        >
          <DivisionPicker />
        </Form.Item>
        <Form.Item name={['address', 'village']} label={t('market.village')} extra={t('market.villageHint')}>
          <Input maxLength={LIMITS.village} />
        </Form.Item>
        <Form.Item
          name={['address', 'villageCode']}
          label={t('market.villageCode')}
          extra={t('market.villageCodeHint')}
        >
          <Input maxLength={14} inputMode="numeric" />
        </Form.Item>
        <Form.Item
          className="wide"
          name={['address', 'text']}
          label={t('market.address')}
          extra={t('market.addressHint')}
          rules={[{ required: true, message: t('market.addressMissing') }]}
        >
          <Input maxLength={LIMITS.address} />
        </Form.Item>
      </div>
      <PointEditor path={['address', 'point']} />
    </Section>
  );
}

function Section({ id, title, children }: { id?: string; title: string; children: ReactNode }) {
  return (
    <section className="card" aria-label={title} {...(id ? { id } : {})}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
