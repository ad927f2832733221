import { Select } from 'antd';
import { useT } from '../app/i18n';

interface Props {
  year: number;
  years: readonly number[];
  onChange: (year: number) => void;
}

/** The year of the return that is shown. */
export function YearSelect({ year, years, onChange }: Props) {
  const t = useT();
  return (
    <Select
      aria-label={t('returns.year')}
      value={year}
      onChange={onChange}
      options={years.map((value) => ({ value, label: t('returns.yearOf', { year: value }) }))}
    />
  );
}
