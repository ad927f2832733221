import { createLink } from '@tanstack/react-router';
import { Button, type ButtonProps } from 'antd';

/** A link that looks like a button: it is an `a`, so it opens in a new tab too. */
export const LinkButton = createLink(
  ({ look, ...props }: Omit<ButtonProps, 'type'> & { look?: ButtonProps['type'] }) => (
    <Button {...props} type={look ?? 'default'} />
  ),
);
