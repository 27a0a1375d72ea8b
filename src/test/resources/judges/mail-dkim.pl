#!/usr/bin/perl
# Asks Mail::DKIM about the signatures of messages; no DNS needed.
# usage: mail-dkim.pl RECORDS MESSAGE.eml...
# RECORDS: a line of "NAME RECORD" for each public key. Prints "RESULT ALGORITHM FILE DETAIL" for each signature.
use strict;
use warnings;
use Mail::DKIM::DNS;
use Mail::DKIM::Verifier;
use Net::DNS;

my %records;
open my $list, '<', shift or die $!;
while (<$list>) { chomp; my ($name, $record) = split / /, $_, 2; $records{$name} = $record }

{
    no warnings 'redefine';
    *Mail::DKIM::DNS::query_async = sub {
        my ($domain, $type, %rest) = @_;
        my @found = $records{$domain}
            ? Net::DNS::RR->new(type => 'TXT', name => $domain, txtdata => [unpack '(A255)*', $records{$domain}])
            : ();
        return sub { $rest{Callbacks}{Success}->(@found) };
    };
}

for my $file (@ARGV) {
    my $verifier = Mail::DKIM::Verifier->new;
    open my $message, '<:raw', $file or die $!;
    $verifier->PRINT(do { local $/; <$message> });
    $verifier->CLOSE;
    printf "%s %s %s %s\n", $_->result, $_->algorithm, $file, $_->result_detail for $verifier->signatures;
}
