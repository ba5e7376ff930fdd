"""A real SMTP server for the tests: prints its port, writes each mail into a folder, ends with its parent.

usage: smtp_server.py FOLDER plain|tls|starttls [CERTIFICATE KEY [USER PASSWORD]]
"""
import asyncio
import os
import ssl
import sys
import uuid

from aiosmtpd.smtp import SMTP, AuthResult


class Keep:
    def __init__(self, folder):
        self.folder = folder

    async def handle_DATA(self, server, session, envelope):
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {','.join(envelope.rcpt_tos)}\r\n"
        name = os.path.join(self.folder, uuid.uuid4().hex)
        with open(name + ".part", "wb") as mail:
            mail.write(head.encode() + envelope.content)
        os.rename(name + ".part", name + ".eml")
        return "250 OK"


async def main(folder, security, certificate=None, key=None, user=None, password=None):
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)

    def authenticate(server, session, envelope, mechanism, data):
        good = (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=good, handled=False)

    def serve():
        options = {"hostname": "localhost", "enable_SMTPUTF8": True}
        if security == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        if user:
            options |= {"authenticator": authenticate, "auth_required": True, "auth_require_tls": security == "starttls"}
        return SMTP(Keep(folder), **options)

    server = await asyncio.get_running_loop().create_server(
        serve, "127.0.0.1", 0, ssl=context if security == "tls" else None
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    # The parent holds standard input open for as long as it lives.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main(*sys.argv[1:]))
