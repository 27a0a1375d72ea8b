/**
 * Login, invitations and security of the staff's pages and API.
 */
@NullMarked
package dev.postrider.staff.web;

import org.jspecify.annotations.NullMarked;
